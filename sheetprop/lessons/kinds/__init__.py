"""Lessons of other kinds than a network and its runs: one module or folder for each."""
