"""What is taken from the wrong place: another neuron, kind, weight or iteration."""
