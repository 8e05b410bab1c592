"""The sheet Slope: the loss along one weight."""
