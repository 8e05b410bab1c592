"""Matrices of partial derivatives: the chain rule as a product, and what a determinant measures."""
