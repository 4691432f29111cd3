"""Rooms that can be looked into, who looked, and the pictures that were kept.

Locks: none; new tables.
Reverse: drops them, with what they hold.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import zhupei.core.crypto
import zhupei.live.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('classes', '0004_waiting_ends_with_its_class'),
        ('core', '0005_delivery_and_wordings'),
        ('exams', '0009_slips_and_questions'),
        ('organizations', '0003_inspectors'),
        ('practical', '0002_sessions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.TextField(choices=[('stream', '教室直播（推流）'), ('meeting', '会议链接')], verbose_name='方式')),
                ('link', models.TextField(blank=True, verbose_name='会议链接')),
                ('passcode', models.CharField(blank=True, max_length=40, verbose_name='入会口令')),
                ('hint', models.TextField(blank=True, verbose_name='说明')),
                ('stream', models.CharField(default=zhupei.live.models.stream_name, editable=False, max_length=12, unique=True)),
                ('key', zhupei.core.crypto.EncryptedTextField(default=zhupei.live.models.stream_key, editable=True)),
                ('key_until', models.DateTimeField(editable=False)),
                ('registered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='live_rooms', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('session', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='live_room', to='practical.session')),
                ('sitting', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='live_room', to='exams.sitting')),
                ('training_class', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='live_room', to='classes.trainingclass')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('way__in', ['stream', 'meeting'])), name='live_room_way_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('session', None), ('sitting', None), ('training_class__isnull', False)), models.Q(('session', None), ('sitting__isnull', False), ('training_class', None)), models.Q(('session__isnull', False), ('sitting', None), ('training_class', None)), _connector='OR'), name='live_room_of_one_thing'),
                    models.CheckConstraint(condition=models.Q(models.Q(('link', ''), ('way', 'stream')), models.Q(('link__startswith', 'https'), ('way', 'meeting')), _connector='OR'), name='live_room_meeting_has_a_link'),
                ],
                'indexes': [
                    models.Index(fields=['prefecture', '-registered_at'], name='live_room_by_place'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('outcome', models.TextField(blank=True, choices=[('fine', '正常进行'), ('wrong', '有问题'), ('empty', '没有人上课或考核'), ('nothing', '没有画面或进不去')], verbose_name='看到的情况')),
                ('note', models.TextField(blank=True, verbose_name='看到了什么')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='looks', to='live.room')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'fine', 'wrong', 'empty', 'nothing'])), name='look_outcome_known'),
                    models.CheckConstraint(condition=models.Q(('closed_at__isnull', False), ('outcome', ''), _connector='OR'), name='look_judged_when_closed'),
                    models.CheckConstraint(condition=models.Q(('seen_at__gte', models.F('opened_at'))), name='look_seen_after_it_opened'),
                    models.UniqueConstraint(models.F('room'), models.F('by'), condition=models.Q(('closed_at__isnull', True)), name='look_open_once'),
                ],
                'indexes': [
                    models.Index(fields=['room', '-opened_at'], name='look_by_room'),
                    models.Index(models.F('seen_at'), condition=models.Q(('closed_at__isnull', True)), name='look_open'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Broadcast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client', models.CharField(max_length=20)),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='broadcasts', to='live.room')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('room'), condition=models.Q(('ended_at__isnull', True)), name='broadcast_one_at_a_time'),
                    models.CheckConstraint(condition=models.Q(('ended_at__gte', models.F('began_at'))), name='broadcast_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                ],
                'indexes': [
                    models.Index(fields=['room', '-began_at'], name='broadcast_by_room'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('source', models.TextField(choices=[('player', '从播放画面截取'), ('server', '由服务器截取'), ('upload', '上传的屏幕截图')])),
                ('taken_at', models.DateTimeField()),
                ('keep_until', models.DateField()),
                ('held_for', models.TextField(null=True, verbose_name='留作证据的理由')),
                ('removed_at', models.DateTimeField(null=True)),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('held_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('look', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='snapshots', to='live.look')),
            ],
            options={
                'ordering': ['taken_at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('source__in', ['player', 'server', 'upload'])), name='snapshot_source_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('held_by__isnull', True), ('held_for__isnull', True)), models.Q(('held_by__isnull', False), ('held_for__isnull', False)), _connector='OR'), name='snapshot_held_with_a_reason'),
                    models.CheckConstraint(condition=models.Q(models.Q(('file__isnull', False), ('removed_at', None)), models.Q(('file', None), ('removed_at__isnull', False)), _connector='OR'), name='snapshot_there_or_removed'),
                ],
                'indexes': [
                    models.Index(models.F('keep_until'), condition=models.Q(('removed_at__isnull', True)), name='snapshot_kept'),
                ],
            },
        ),
    ]
