"""Pages about blueprints and what is made from them."""
