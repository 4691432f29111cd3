"""How many answers the figures of a sitting leave out.

Locks: ACCESS EXCLUSIVE on analysis_sittingfigures for a moment (a column with a constant default).
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('analysis', '0001_initial')]

    operations = [
        migrations.AddField(
            model_name='sittingfigures',
            name='left_out',
            field=models.PositiveIntegerField(default=0),
        ),
    ]
