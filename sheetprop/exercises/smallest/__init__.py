"""The smallest exercise: one iteration drawn as the network, an answer box at each of its parts."""
