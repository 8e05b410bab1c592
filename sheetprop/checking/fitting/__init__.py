"""Which network a table trains, and at which rate."""
