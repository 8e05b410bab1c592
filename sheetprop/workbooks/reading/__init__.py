"""A file becomes a `Workbook`."""
