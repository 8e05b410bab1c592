"""Mistakes to be found: which students make, drawn by a seed."""
