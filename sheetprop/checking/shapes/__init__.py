"""Shapes that are written as texts: sizes, channels, and the summaries that libraries print."""
