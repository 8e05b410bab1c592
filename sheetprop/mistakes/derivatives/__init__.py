"""Mistakes of derivatives that have a cell each: of gates, of softmax, of Jacobian matrices."""
