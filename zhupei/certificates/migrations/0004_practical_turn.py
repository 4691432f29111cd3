"""A certificate says which practical exam it rests on, where its category asks for one.

Locks: ACCESS EXCLUSIVE on certificates for a moment (a column without default), SHARE ROW EXCLUSIVE
on turns for the foreign key.
Reverse: drops the column.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('certificates', '0003_under_review'),
        ('practical', '0002_sessions'),
    ]

    operations = [
        migrations.AddField(
            model_name='certificate',
            name='practical_turn',
            field=models.ForeignKey(editable=False, help_text='the practical exam it rests on, where its category asks for one', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='practical.turn'),
        ),
    ]
