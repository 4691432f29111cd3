"""Pages of findings and of the orders to put them right."""
