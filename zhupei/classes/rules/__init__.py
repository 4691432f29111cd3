"""What the Measures say about a class, as functions of plain values.

``plan`` judges a class plan, ``timetable`` adds up and lays out its lessons.
"""
