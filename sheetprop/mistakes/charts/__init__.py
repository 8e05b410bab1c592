"""What the charts show."""
