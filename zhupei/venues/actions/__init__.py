"""The verbs of designations, sites and seats."""
