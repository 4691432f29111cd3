"""The verbs: finding, ordering, answering, verifying, more time, the clock."""
