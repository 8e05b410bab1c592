"""A digit and a number: what is added to a network that reads digits so that it tells their sum."""
