"""Who is around."""
