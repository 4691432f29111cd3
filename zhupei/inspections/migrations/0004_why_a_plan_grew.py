"""Why a draw was added to a plan everybody had read.

Locks: ACCESS EXCLUSIVE on inspections_planneddraw for a moment; a default needs no rewrite.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0003_photos_without_their_place'),
    ]

    operations = [
        migrations.AddField(
            model_name='planneddraw',
            name='added_because',
            field=models.TextField(blank=True, editable=False, verbose_name='公布以后增加的理由'),
        ),
    ]
