"""What the pages of the reference say, taken from the package's registries."""
