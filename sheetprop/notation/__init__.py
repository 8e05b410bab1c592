"""Trees written and read: as Excel formulas, as mathematics."""
