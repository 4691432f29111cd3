"""Pages of leads: the queue, one with its evidence, the rules in the open."""
