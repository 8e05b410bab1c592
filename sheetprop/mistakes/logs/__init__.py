"""Mistakes in what is said of a training run."""
