"""A photo says what was taken out of it before it was kept.

Locks: ACCESS EXCLUSIVE on inspections_picture for a moment; a default needs no rewrite.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0002_frames_never_change'),
    ]

    operations = [
        migrations.AddField(
            model_name='picture',
            name='removed',
            field=models.JSONField(default=list),
        ),
    ]
