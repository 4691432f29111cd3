"""Add files between dry run and import, and the register that numbers of papers come from.

Why: one place for every import, one for every numbered paper.
Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
import zhupei.core.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_event'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Series',
            fields=[
                ('name', models.TextField(help_text='KB-2026, ZP-2026-6523', primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='WaitingFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('target', models.TextField(help_text='what it is to be imported into, as the record names it')),
                ('name', models.TextField()),
                ('sealed', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('taken_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['sent_at'], name='waiting_file_by_age')],
            },
        ),
    ]
