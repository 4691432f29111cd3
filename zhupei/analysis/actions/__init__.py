"""The verbs of analysis: a sitting is studied, a lead is judged."""
