"""The verbs of looking into a room: rooms, broadcasts, looks, snapshots."""
