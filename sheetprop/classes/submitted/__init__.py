"""What is handed in: the workbooks, how platforms name them, and whose they are."""
