"""Lessons whose layers are maps: convolution and pooling, forward and backward."""
