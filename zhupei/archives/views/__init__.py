"""Pages of archives."""
