"""Worksheets of lessons whose quantities each have a cell: circuits, shares, Jacobian matrices."""
