"""A `Workbook` becomes a file."""
