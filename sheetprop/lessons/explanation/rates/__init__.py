"""The sheet Learning rates: the runs of the workbook, short trials, and questions."""
