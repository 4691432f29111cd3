"""Pages of looking into rooms from afar, and the door of the media server."""
