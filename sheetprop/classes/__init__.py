"""A class: who is in it, the worksheets that are handed out, and what is handed in."""
