"""What is written out as text."""
