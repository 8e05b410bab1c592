"""What is looked for besides the formulas: labels, values, charts, the experiment."""
