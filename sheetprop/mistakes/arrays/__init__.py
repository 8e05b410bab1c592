"""Mistakes in formulas over arrays: windows, kernels, channels, means and variances."""
