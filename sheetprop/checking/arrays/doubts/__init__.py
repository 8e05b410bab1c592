"""Blocks that are known and still not judged: something else on their sheets speaks against it."""
