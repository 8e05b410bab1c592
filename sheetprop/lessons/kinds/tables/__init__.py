"""Lessons that are a table of rows with its charts: activations, and gradients through layers."""
