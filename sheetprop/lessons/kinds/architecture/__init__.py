"""A network as rows: what each layer makes of sizes, receptive fields and parameters."""
