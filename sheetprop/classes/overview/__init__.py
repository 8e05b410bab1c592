"""What a class did as a whole: figures, and one page with pictures of them."""
