"""The verbs of papers: blueprints are kept, forms are assembled, items are measured."""
