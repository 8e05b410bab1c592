"""What the cells of a workbook come to: the engine, filled columns, agreement of numbers."""
