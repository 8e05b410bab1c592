"""Who is in a class: class lists as platforms and people write them."""
