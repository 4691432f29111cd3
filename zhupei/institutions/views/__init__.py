"""Pages about an institution's file."""
