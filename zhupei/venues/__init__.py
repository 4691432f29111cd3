"""Where exams are held 考点: designation of assessment bodies, sites, seats and devices."""
