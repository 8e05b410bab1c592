"""Lessons of small arrays: normalisation, dropout, attention."""
