"""The first tables of core.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
import zhupei.core.crypto
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.TextField(help_text='app.model/key, for example classes.trainingclass/12')),
                ('seq', models.BigIntegerField(db_default=0, help_text='1, 2, 3 … within the subject')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), help_text="the database's clock")),
                ('verb', models.TextField()),
                ('within', models.TextField(blank=True, help_text='the thing whose page shows this event too')),
                ('subject_label', models.TextField()),
                ('actor_id', models.BigIntegerField(null=True)),
                ('actor_name', models.TextField(blank=True)),
                ('organization_id', models.BigIntegerField(null=True)),
                ('organization_name', models.TextField(blank=True)),
                ('facts', models.JSONField(default=dict)),
                ('request_id', models.TextField(blank=True)),
                ('address', models.TextField(blank=True)),
                ('previous', models.TextField(db_default='')),
                ('hash', models.TextField(db_default='')),
            ],
            options={
                'db_table': 'core_event',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='EventHead',
            fields=[
                ('subject', models.TextField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('hash', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField(help_text='bytes')),
                ('media_type', models.TextField()),
                ('name', models.TextField()),
                ('path', models.TextField(help_text='key in the storage backend', unique=True)),
                ('stored_by_id', models.BigIntegerField(null=True)),
                ('stored_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Workday',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('works', models.BooleanField()),
                ('name', models.TextField()),
                ('source', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='ParameterValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField()),
                ('value', models.JSONField()),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('prefecture', models.TextField(blank=True, help_text='division code; empty: all', verbose_name='地州市')),
                ('source', models.TextField(verbose_name='依据')),
                ('set_by_name', models.TextField()),
                ('set_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('key'), models.F('prefecture'), models.F('valid_from'), name='parameter_once_a_day', violation_error_message='这一天已有一个值。请换一个生效日期。')],
            },
        ),
        migrations.CreateModel(
            name='TextMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('text', models.TextField()),
                ('delivery', models.TextField(choices=[('waiting', '待发送'), ('sent', '已发送'), ('failed', '发送失败')], default='waiting', editable=False)),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(models.F('id'), condition=models.Q(('delivery', 'waiting')), name='text_message_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('delivery__in', ['waiting', 'sent', 'failed'])), name='text_message_delivery_known')],
            },
        ),
        migrations.CreateModel(
            name='LongJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField()),
                ('outcome', models.TextField(choices=[('waiting', '等待中'), ('running', '进行中'), ('done', '已完成'), ('failed', '未完成')], default='waiting', editable=False)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('result', models.TextField(blank=True)),
                ('url', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['waiting', 'running', 'done', 'failed'])), name='long_job_outcome_known')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField()),
                ('body', models.TextField(blank=True)),
                ('url', models.TextField(blank=True)),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('read_at', models.DateTimeField(null=True)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inbox', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(models.F('recipient'), condition=models.Q(('read_at__isnull', True)), name='message_unread'), models.Index(fields=['recipient', '-sent_at'], name='message_by_recipient')],
            },
        ),
    ]
