"""Workbooks without right and wrong: laid out, written, read."""
