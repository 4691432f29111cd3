"""Drop what an item said itself: its versions say it.

Locks: questions_item for a moment.
Reverse: adds the columns, empty.
"""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('questions', '0003_content_into_versions'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='item',
            name='analysis',
        ),
        migrations.RemoveField(
            model_name='item',
            name='difficulty',
        ),
        migrations.RemoveField(
            model_name='item',
            name='key',
        ),
        migrations.RemoveField(
            model_name='item',
            name='kind',
        ),
        migrations.RemoveField(
            model_name='item',
            name='options',
        ),
        migrations.RemoveField(
            model_name='item',
            name='stem',
        ),
        migrations.RemoveField(
            model_name='item',
            name='stem_hash',
        ),
        migrations.RemoveField(
            model_name='item',
            name='unit_title',
        ),
    ]
