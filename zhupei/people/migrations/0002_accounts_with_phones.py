"""Let accounts without a person have a phone, to which the link for their password goes.

Locks: people_user for an instant (columns with constant defaults; the unique index is built on a
column that is empty everywhere); people_accesslink is new.
Reverse: drops the phones of such accounts, and links that were not used.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import zhupei.core.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='phone',
            field=zhupei.core.crypto.EncryptedTextField(default='', editable=True, help_text='of accounts without a person, for links'),
        ),
        migrations.AddField(
            model_name='user',
            name='phone_index',
            field=models.CharField(editable=False, max_length=64, null=True, unique=True),
        ),
        migrations.CreateModel(
            name='AccessLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='access_links', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['user', '-sent_at'], name='access_link_by_user')],
            },
        ),
    ]
