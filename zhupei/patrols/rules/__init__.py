"""What patrols rest on, as functions of plain values."""
