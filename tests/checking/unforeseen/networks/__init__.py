"""Kinds of other networks and other data."""
