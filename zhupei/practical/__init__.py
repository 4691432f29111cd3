"""Practical exams 实操考核: rubrics, sessions, two examiners, a third where they differ."""
