"""Optimizers beside each other on the classic network: each update a row of live formulas."""
