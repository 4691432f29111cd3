"""Find the sign-ins a teacher denied, a handful among millions of lines, every night.

Locks: none that block writers (built concurrently, so not in a transaction).
Reverse: drops the index.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('attendance', '0002_two_people_offline_paper'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='attendance',
            index=models.Index(
                models.F('lesson'),
                condition=models.Q(models.Q(('device', ''), _negated=True), ('arrived_at', None), ('corrected', False), ('signed_at', None), ('waiting', False)),
                name='attendance_denied',
            ),
        ),
    ]
