"""Logs of training runs: what is claimed of one, held against its own numbers."""
