"""A lesson becomes a workbook, page by page."""
