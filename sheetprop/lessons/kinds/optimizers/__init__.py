"""Optimizers beside each other on one regression: each step of each a row of live formulas."""
