"""Where the tables are that have no headers, told by their formulas."""
