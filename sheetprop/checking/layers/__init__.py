"""Tables of layers, looked at as a design: what is counted rightly may still be odd."""
