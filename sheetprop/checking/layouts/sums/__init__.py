"""The right workbook of a network that adds a number to a digit."""
