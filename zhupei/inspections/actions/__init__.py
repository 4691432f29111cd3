"""The verbs of draws by chance, from the list of items to the published result."""
