"""How the columns of a lesson in rows are headed, where that is much."""
