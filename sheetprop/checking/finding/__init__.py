"""Where the tables of a workbook are, told by their texts."""
