"""Kinds of right worksheets."""
