"""What a file earns: shares of quantities from the ledger, and their points by a rubric."""
