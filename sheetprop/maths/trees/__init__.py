"""Expression trees: their nodes, and what is done with any of them."""
