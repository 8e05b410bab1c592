"""What a cell holds instead of the right formula, and what stands above it."""
