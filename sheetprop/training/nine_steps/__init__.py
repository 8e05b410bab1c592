"""Nine iterations of a network that reads digits, and their runs."""
