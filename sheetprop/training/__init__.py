"""Networks that read handwriting: their plans, their training, their weights."""
