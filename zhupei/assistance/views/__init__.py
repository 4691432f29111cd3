"""Pages of pairings and of help to counties."""
