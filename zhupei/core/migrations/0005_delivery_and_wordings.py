"""Try again what could not be sent; letters beside short messages; wordings as dated data.

Locks: core_textmessage for a moment, while columns and an index are added; what waits there is
little. The other tables are new.
Reverse: drops the new tables and columns; what was to be tried again has to be sent or given up
before, as the old column knows no such state.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import zhupei.core.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_uploads'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CopyAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('confirmed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('urgent', models.BooleanField(default=False)),
                ('delivery', models.TextField(choices=[('waiting', '待发送'), ('retry', '稍后再试'), ('sent', '已发送'), ('failed', '发送失败')], default='waiting', editable=False)),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, help_text='not to be tried before')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('fault', models.TextField(blank=True, help_text='why the last try failed')),
                ('sent_at', models.DateTimeField(null=True)),
                ('address', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('subject', models.TextField()),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('delivery__in', ['waiting', 'retry', 'sent', 'failed'])), name='letter_delivery_known'),
                ],
                'indexes': [
                    models.Index(models.F('due_at'), condition=models.Q(('delivery__in', ('waiting', 'retry'))), name='letter_under_way'),
                ],
            },
        ),
        migrations.CreateModel(
            name='WordingText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField()),
                ('text', models.TextField(verbose_name='文字')),
                ('valid_from', models.DateField(verbose_name='启用日期')),
                ('set_by_name', models.TextField()),
                ('set_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('key'), models.F('valid_from'), name='wording_once_a_day'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='textmessage',
            name='text_message_delivery_known',
        ),
        migrations.RemoveIndex(
            model_name='textmessage',
            name='text_message_waiting',
        ),
        migrations.AddField(
            model_name='textmessage',
            name='due_at',
            field=models.DateTimeField(default=django.utils.timezone.now, help_text='not to be tried before'),
        ),
        migrations.AddField(
            model_name='textmessage',
            name='fault',
            field=models.TextField(blank=True, help_text='why the last try failed'),
        ),
        migrations.AddField(
            model_name='textmessage',
            name='tries',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='textmessage',
            name='urgent',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='textmessage',
            name='delivery',
            field=models.TextField(choices=[('waiting', '待发送'), ('retry', '稍后再试'), ('sent', '已发送'), ('failed', '发送失败')], default='waiting', editable=False),
        ),
        migrations.AddIndex(
            model_name='textmessage',
            index=models.Index(models.F('due_at'), condition=models.Q(('delivery__in', ('waiting', 'retry'))), name='text_message_under_way'),
        ),
        migrations.AddConstraint(
            model_name='textmessage',
            constraint=models.CheckConstraint(condition=models.Q(('delivery__in', ['waiting', 'retry', 'sent', 'failed'])), name='text_message_delivery_known'),
        ),
        migrations.AddField(
            model_name='copyaddress',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='copy_address', to=settings.AUTH_USER_MODEL),
        ),
    ]
