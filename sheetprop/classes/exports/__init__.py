"""The grades of a class as other programs take them: tables, course platforms, autograders."""
