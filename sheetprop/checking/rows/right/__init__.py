"""What is right in a cell of a table of rows besides the one right formula."""
