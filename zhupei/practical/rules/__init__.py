"""What the rules say of practical exams: rubrics, timetables, who may take a turn, marks."""
