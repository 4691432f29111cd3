"""Frames of format 2: inspectors stand in them by aliases made from a secret of the draw.

Why: a published frame said who stays away from which institution, and how many leads and complaints
an institution has. Frames of before keep their texts and their hashes, and are not handed out.
Locks: brief, ACCESS EXCLUSIVE on inspections_draw and inspections_frameinspector; constant defaults.
Reverse: drops the columns; frames of format 2 can then not be recomputed from the database.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0005_deeds'),
    ]

    operations = [
        migrations.AddField(
            model_name='draw',
            name='secret',
            field=models.CharField(default='', editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name='frameinspector',
            name='name',
            field=models.TextField(default=''),
        ),
        migrations.AlterField(
            model_name='frame',
            name='kind',
            field=models.TextField(choices=[('terms', '抽取约定'), ('objects', '对象名单'), ('inspectors', '可派检查员（化名）'), ('recusals', '回避名单')]),
        ),
    ]
