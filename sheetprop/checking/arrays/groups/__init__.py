"""Numbers made of groups of others: means, variances, what is normalised, softmax."""
