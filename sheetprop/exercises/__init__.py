"""Exercises of a lesson: worksheets with empty answers, with mistakes to find, and solutions."""
