"""What is combined wrongly: factors, terms, signs and brackets."""
