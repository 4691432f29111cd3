"""The exam room on the day: check-in, the invigilators' board, incidents, safe browsers."""
