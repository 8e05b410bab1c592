"""Formulas written out as text in cells."""
