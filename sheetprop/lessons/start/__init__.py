"""The sheet Start: numbers to change, and the live picture of the network."""
