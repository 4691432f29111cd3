"""The pages: of those who hold a sitting, and of those who sit in it."""
