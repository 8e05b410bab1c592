"""Workbooks of our own whose every formula is known: compared cell by cell with the right ones."""
