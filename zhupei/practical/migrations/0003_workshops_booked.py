"""Workshops are booked where the rooms of theory exams are; sessions keep no truth of their own.

A session in whose room a theory exam is already planned keeps its plan and is not booked.

Locks: ACCESS EXCLUSIVE on practical_session for a moment (an index is dropped).
Reverse: builds the old constraint again and forgets the bookings of sessions.
"""

from django.db import migrations

BOOK = """
    INSERT INTO venues_booking (room_id, subject, label, starts_at, ends_at)
    SELECT room_id, 'practical.session/' || id, title, opens_at, closes_at
      FROM practical_session
     WHERE state IN ('notified', 'fixed')
     ORDER BY opens_at, id
        ON CONFLICT DO NOTHING
"""
FREE = "DELETE FROM venues_booking WHERE subject LIKE 'practical.session/%%'"


class Migration(migrations.Migration):

    dependencies = [
        ('exams', '0010_rooms_booked'),
        ('practical', '0002_sessions'),
    ]

    operations = [
        migrations.RunSQL(BOOK, FREE),
        migrations.RemoveConstraint(model_name='session', name='session_room_for_one'),
    ]
