"""Pages of designations, sites and rooms."""
