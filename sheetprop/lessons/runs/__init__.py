"""The sheets of the runs, and Compare."""
