"""Networks without a hidden layer whose headers say too little: their formulas tell the roles."""
