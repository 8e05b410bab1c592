"""Files that nobody would hand in, made by the thousand, and what becomes of them."""
