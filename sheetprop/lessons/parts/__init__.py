"""What several sheets of a lesson have in common."""
