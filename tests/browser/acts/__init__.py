"""The acts of the story: what each person does in front of their browser, step by step."""
