"""The first tables of archives.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('organizations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Package',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.TextField(choices=[('class', '一班一档'), ('sitting', '一场一档')])),
                ('subject_id', models.BigIntegerField()),
                ('title', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('made_by_name', models.TextField()),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'subject_id', '-made_at'], name='package_by_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('subject__in', ['class', 'sitting'])), name='package_subject_known')],
            },
        ),
    ]
