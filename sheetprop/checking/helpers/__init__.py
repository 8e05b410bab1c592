"""Helper cells that a student made, and the slips made in them."""
