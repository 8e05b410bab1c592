"""The mathematics, which knows nothing of spreadsheets."""
