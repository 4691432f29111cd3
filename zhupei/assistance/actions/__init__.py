"""The verbs: pairing institutions with counties, recording help, confirming it."""
