"""Pages about syllabi, jobs and textbooks, a module a noun."""
