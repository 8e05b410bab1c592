"""What contradicts the experiment: rates, starts, pasted losses."""
