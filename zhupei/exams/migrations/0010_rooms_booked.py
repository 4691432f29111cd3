"""The sittings that are to come have their rooms in the bookings of venues.

Two that already share a room keep their plans; only the earlier one of them is booked.

Locks: none that block writers; one row for each room of a sitting notified or sealed.
Reverse: forgets the bookings of sittings.
"""

from django.db import migrations

BOOK = """
    INSERT INTO venues_booking (room_id, subject, label, starts_at, ends_at)
    SELECT r.room_id, 'exams.sitting/' || s.id, s.title,
           s.starts_at, s.starts_at + s.minutes * interval '1 minute'
      FROM exams_sitting s
      JOIN (SELECT id AS sitting_id, room_id FROM exams_sitting
             UNION SELECT sitting_id, room_id FROM exams_sitting_more_rooms) r
        ON r.sitting_id = s.id
     WHERE s.state IN ('notified', 'sealed')
     ORDER BY s.starts_at, s.id
        ON CONFLICT DO NOTHING
"""
FREE = "DELETE FROM venues_booking WHERE subject LIKE 'exams.sitting/%%'"


class Migration(migrations.Migration):

    dependencies = [
        ('exams', '0009_slips_and_questions'),
        ('venues', '0002_bookings'),
    ]

    operations = [migrations.RunSQL(BOOK, FREE)]
