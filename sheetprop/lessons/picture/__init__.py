"""The picture of the network on Start, drawn by a chart."""
