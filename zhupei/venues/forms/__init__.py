"""Reading what is typed about designations, sites and seats."""
