"""The verbs of the record of teaching, a module a noun."""
