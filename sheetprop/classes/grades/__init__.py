"""What is handed in: checked once, marked from the ledger, and put into a gradebook."""
