"""Pages about draws by chance: the list of items, plans, draws, inspections, the public ones."""
