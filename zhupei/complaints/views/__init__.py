"""Pages of complaints: everybody's, the officers', those of the bodies that are asked."""
