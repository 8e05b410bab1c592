"""A copy of somebody's workbook with what was found marked in it."""
