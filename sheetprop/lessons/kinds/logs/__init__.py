"""The lesson training-log: runs of a model, each with target, result and analysis."""
