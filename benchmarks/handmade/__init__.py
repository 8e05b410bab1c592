"""Worksheets as people make them by hand, right ones and wrong ones, for measuring `check`."""
