"""A trained network in a workbook that reads a digit, cell by cell."""
