"""The account of every cell: what it is, and how that is known."""
