"""Lessons whose worksheets are rows that look back: quantities, words, and random right rows."""
