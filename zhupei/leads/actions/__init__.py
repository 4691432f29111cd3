"""The verbs of leads: searching, judging, handing on, forgetting."""
