"""The verbs of complaints: filing, handling, asking the body, what the complainant does, clocks."""
