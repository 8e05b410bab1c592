"""What takes long to make at import, and is made when it is first needed instead."""
