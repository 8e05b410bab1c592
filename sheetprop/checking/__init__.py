"""Verifying: from a workbook to a report of what is wrong in it."""
