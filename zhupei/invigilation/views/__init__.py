"""The pages of the exam room, by noun."""
