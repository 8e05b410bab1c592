"""A digit and a number: a network that reads one, adds the other, and tells both."""
