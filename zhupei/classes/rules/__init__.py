"""What the Measures say about a class, as functions of plain values.

``plan`` judges a class plan from ``facts``, ``timetable`` adds up and lays out its lessons.
"""
