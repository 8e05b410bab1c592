"""A table somebody made, as it was read: where quantities stand and what its cells say."""
