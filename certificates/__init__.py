"""What was proved."""
