"""What can be done to a class: its plan, timetable, papers and roster; and enrolment in it."""
