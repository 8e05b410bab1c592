"""The right workbook of training logs, and what else its texts claim."""
