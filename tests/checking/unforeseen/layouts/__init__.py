"""Layouts of the 2-2-2 network."""
