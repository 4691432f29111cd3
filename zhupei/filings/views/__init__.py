"""Pages about filings: the lists, one filing, writing it."""
