"""Plans 考核计划: theory and practice gathered, notified once, called off together."""
