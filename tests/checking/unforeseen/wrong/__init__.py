"""Kinds of wrong worksheets."""
