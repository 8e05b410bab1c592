"""Kinds of worksheets as 200 people might lay them out, right ones and wrong ones."""
