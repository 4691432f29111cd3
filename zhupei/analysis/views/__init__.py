"""Pages about what released sittings tell."""
