"""People's input to clean values, one module per noun."""
