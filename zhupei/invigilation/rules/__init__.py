"""What is known of a seat, who may still enter, what Safe Exam Browser proves."""
