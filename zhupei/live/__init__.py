"""Looking into a room from afar: streams and meeting links, who watched, what was kept."""
