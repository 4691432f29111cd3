"""The verbs of the evaluation, a module for each noun."""
