"""Which looks into the room a remote patrol rests on.

Locks: none that anybody waits for; a new table between two others.
Reverse: drops the table.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('live', '0001_rooms_looks_snapshots'),
        ('patrols', '0001_ledger'),
    ]

    operations = [
        migrations.AddField(
            model_name='patrol',
            name='looks',
            field=models.ManyToManyField(related_name='patrols', to='live.look', verbose_name='远程查看'),
        ),
    ]
