"""Mistakes of lessons in rows: the wrong column, and what each lesson knows of its own."""
