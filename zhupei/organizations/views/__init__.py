"""Pages about bodies: their register, their people, the figures of the rules."""
