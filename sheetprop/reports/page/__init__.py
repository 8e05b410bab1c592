"""What pages of HTML are made of: findings, tables, curves, and texts that are only shown."""
