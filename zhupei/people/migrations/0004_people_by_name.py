"""Find people of one name and birth date quickly: they may be one human entered twice.

Locks: none that block writers (built concurrently, so not in a transaction).
Reverse: drops the index.
"""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [
        ('people', '0003_mergers'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='person',
            index=models.Index(fields=['name', 'birth_date'], name='person_by_name_and_birth'),
        ),
    ]
