"""People's own sheets of arrays, known by their formulas: convolution, pooling, normalisation."""
