"""The rows of a worksheet as the file holds them."""
