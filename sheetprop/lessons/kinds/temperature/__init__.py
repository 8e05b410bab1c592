"""Softmax by itself: values become shares, by a temperature, and a gradient comes back."""
