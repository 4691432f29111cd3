"""The verbs of patrols: the ledger kept, looks planned, forms filled in, misses explained."""
