"""Pages of practical exams, by who looks at them."""
