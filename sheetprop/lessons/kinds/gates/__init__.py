"""Circuits of gates: a value goes forward on every wire, and a gradient comes back."""
