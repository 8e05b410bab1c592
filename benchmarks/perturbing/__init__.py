"""Right workbooks with one cell changed, and rewritten so that nothing changes."""
