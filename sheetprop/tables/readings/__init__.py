"""The formulas of a fill read in the names of quantities."""
