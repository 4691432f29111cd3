"""The pages of the teacher pool, a module a noun."""
