"""Worksheets of lessons whose rows look back, recognised and judged cell by cell."""
