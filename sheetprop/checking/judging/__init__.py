"""Whether the formulas are right, and what is wrong with those that are not."""
