"""Drop the column whose codes were moved.

Locks: syllabus_job for a moment.
Reverse: adds it empty; 0003 fills it.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('syllabus', '0003_ministry_codes'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='job',
            name='ministry_code',
        ),
    ]
