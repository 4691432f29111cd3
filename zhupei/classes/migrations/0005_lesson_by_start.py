"""Find the lessons of a span of days without reading all of them: leads, ledgers and figures ask.

Locks: none that block writers (built concurrently, so not in a transaction).
Reverse: drops the index.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('classes', '0004_waiting_ends_with_its_class'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='lesson',
            index=models.Index(models.F('starts_at'), name='lesson_by_start'),
        ),
    ]
