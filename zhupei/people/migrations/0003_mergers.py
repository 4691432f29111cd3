"""Let two records of one human become one: where a record went, on what evidence, and which
look-alikes are two humans after all.

Locks: people_person for an instant (an empty column; its foreign key and check are proved on a
column that is empty everywhere); the other tables are new.
Reverse: forgets mergers; the rows they moved stay where they are.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_delivery_and_wordings'),
        ('people', '0002_accounts_with_phones'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='person_merged_into_another'),
        ),
        migrations.CreateModel(
            name='Merger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('moved', models.JSONField(help_text='keys of the rows that moved, by model')),
                ('merged_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('duplicate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='merger', to='people.person')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('into', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mergers', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['-merged_at'], name='merger_by_age')],
            },
        ),
        migrations.CreateModel(
            name='Distinction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('note', models.TextField()),
                ('said_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('first'), models.F('second'), name='distinction_once'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='distinction_in_order')],
            },
        ),
    ]
