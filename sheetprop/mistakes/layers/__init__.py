"""What is odd about a network whose layers are counted rightly: it cannot be built, or wastes."""
