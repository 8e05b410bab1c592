"""Kinds of worksheets as 200 students and teachers might lay them out, right ones and wrong ones."""
