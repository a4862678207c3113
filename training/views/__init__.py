"""Pages and buttons of training, one module per noun."""
