"""Large files on their way, in parts.

Locks: none, the tables are new.
Reverse: drops them; files on their way are lost and have to be sent again.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0003_waiting_files_and_series'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.TextField()),
                ('size', models.PositiveBigIntegerField(help_text='bytes it will have')),
                ('received', models.PositiveBigIntegerField(default=0, help_text='bytes that arrived')),
                ('begun_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('heard_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text='when the last part arrived')),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='core.storedfile')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('received__lte', models.F('size'))), name='upload_receives_no_more'),
                ],
                'indexes': [
                    models.Index(fields=['heard_at'], name='upload_by_age'),
                ],
            },
        ),
        migrations.CreateModel(
            name='UploadPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveBigIntegerField()),
                ('path', models.TextField(help_text='key in the storage backend', unique=True)),
                ('upload', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='core.upload')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('upload'), models.F('start'), name='upload_part_once'),
                ],
            },
        ),
    ]
