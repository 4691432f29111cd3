"""Pages of the record of teaching."""
