"""A network without activation functions: its layers are one matrix, and it learns all the same."""
