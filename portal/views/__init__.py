"""Pages of the frame, one module per kind."""
