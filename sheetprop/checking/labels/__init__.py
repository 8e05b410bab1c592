"""Which cells are labels, and which lines they name."""
