"""What the formulas of a lesson of arrays are marked by."""
