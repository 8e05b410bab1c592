"""Long fills, calculated by loops over their rows instead of the engine."""
