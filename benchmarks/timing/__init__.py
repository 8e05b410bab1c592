"""What the measurements of speed.py need."""
