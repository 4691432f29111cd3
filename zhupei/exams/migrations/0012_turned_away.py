"""Who was sent away at the door is known to the attempt, so that it cannot begin elsewhere.

The hours of the door are figures of the sitting, which its slips print: values that were set
go with them.

Locks: exams_attempt for the moment of the change; the new column has a constant default.
Reverse: forgets who was sent away (the door's own record keeps it); the figures go back.
"""

from django.db import migrations, models

KEYS = """
    UPDATE core_parametervalue SET key = '{1}.' || split_part(key, '.', 2)
     WHERE key IN ('{0}.door_opens', '{0}.late_minutes')
"""


class Migration(migrations.Migration):

    dependencies = [('core', '0006_uploads_of_strangers'), ('exams', '0011_plans')]

    operations = [
        migrations.AddField(
            'attempt', 'turned_away',
            models.BooleanField(
                default=False, db_default=False,
                help_text='begins only after the door let them in',
            ),
        ),
        migrations.RunSQL(
            KEYS.format('invigilation', 'exams'), KEYS.format('exams', 'invigilation')
        ),
    ]
