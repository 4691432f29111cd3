"""Make the tables of the exam room: door, incidents, help, notices, log, safe browser.

``invigilation_heard`` is unlogged: it says who was heard of in the last minute, is written every few
seconds for everybody, and is worth nothing after a crash.

Locks: none on tables in use (new tables; foreign keys take SHARE ROW EXCLUSIVE on those they point to).
Reverse: drops the tables.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import zhupei.core.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0005_delivery_and_wordings'),
        ('exams', '0002_hot_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('attempt_id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RoomLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('room_ready', models.BooleanField(verbose_name='考场已清场，座位、编号、考试须知齐全')),
                ('devices_ready', models.BooleanField(verbose_name='考试机、备用机、监控、网络已检查')),
                ('forms_sealed', models.BooleanField(verbose_name='试卷在封存状态，未提前打开')),
                ('opening_note', models.TextField(blank=True, verbose_name='开场检查说明')),
                ('opened_at', models.DateTimeField()),
                ('closing_note', models.TextField(blank=True, verbose_name='考场情况小结')),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sitting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='room_log', to='exams.sitting')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='room_log_closed_by_one'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SafeBrowser',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('required', models.BooleanField(default=False, verbose_name='必须使用安全考试浏览器')),
                ('config', models.BinaryField(help_text='the .seb file, a property list in XML')),
                ('config_key', models.CharField(max_length=64)),
                ('quit_password', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('exam_keys', models.TextField(blank=True, verbose_name='浏览器考试密钥（BEK）')),
                ('made_at', models.DateTimeField()),
                ('sitting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='safe_browser', to='exams.sitting')),
            ],
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('log', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='invigilation.roomlog')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at'],
                'constraints': [
                    models.UniqueConstraint(models.F('log'), models.F('user'), name='signature_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='理由')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidate', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='safe_browser_waiver', to='exams.candidate')),
            ],
        ),
        migrations.CreateModel(
            name='CheckIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.TextField(choices=[('document', '核对证件和本人'), ('temporary', '临时身份证明，人工核验')], verbose_name='核验方式')),
                ('verdict', models.TextField(choices=[('admitted', '准予入场'), ('refused', '不予入场')])),
                ('reason', models.TextField(blank=True, choices=[('other_face', '本人与证件照片不符'), ('other_number', '证件号码与报名信息不符'), ('no_document', '没有带有效证件'), ('forged', '证件疑似伪造或涂改'), ('late', '迟到超过规定时间'), ('other', '其他原因')], verbose_name='不予入场的原因')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('late', models.BooleanField(default=False, help_text='after the start')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='exams.candidate')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='check_ins', to='exams.sitting')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['sitting', 'at'], name='check_in_by_sitting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('method__in', ['document', 'temporary'])), name='check_in_method_known'), models.CheckConstraint(condition=models.Q(('verdict__in', ['admitted', 'refused'])), name='check_in_verdict_known'), models.CheckConstraint(condition=models.Q(('reason__in', ['', 'other_face', 'other_number', 'no_document', 'forged', 'late', 'other'])), name='check_in_reason_known'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('verdict', 'admitted')), models.Q(('verdict', 'refused'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='check_in_refused_for_a_reason'), models.UniqueConstraint(models.F('candidate'), condition=models.Q(('verdict', 'admitted')), name='check_in_once')],
            },
        ),
        migrations.CreateModel(
            name='HelpCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(blank=True, verbose_name='需要什么帮助')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_calls', to='exams.candidate')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='help_calls', to='exams.sitting')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['sitting'], name='help_call_by_sitting')],
                'constraints': [models.UniqueConstraint(models.F('candidate'), condition=models.Q(('answered_at__isnull', True)), name='help_call_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='help_call_answered_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Incident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('machine', '设备故障'), ('network', '网络中断'), ('power', '停电'), ('illness', '身体不适'), ('identity', '身份核验不符'), ('left_seat', '擅自离座或未按座位就座'), ('material', '夹带或使用违规物品'), ('copying', '抄袭或传递答案'), ('impostor', '疑似替考'), ('disorder', '扰乱考场秩序'), ('left_window', '离开考试窗口'), ('other', '其他情况')], verbose_name='情况')),
                ('severity', models.TextField(choices=[('note', '记录'), ('warning', '提醒或警告'), ('serious', '疑似违纪，考后处理')], default='note', verbose_name='程度')),
                ('note', models.TextField(verbose_name='经过')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('settled_at', models.DateTimeField(null=True)),
                ('outcome', models.TextField(blank=True, verbose_name='处理结果')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='exams.candidate')),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='incidents', to='exams.sitting')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['sitting', '-at'], name='incident_by_sitting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['machine', 'network', 'power', 'illness', 'identity', 'left_seat', 'material', 'copying', 'impostor', 'disorder', 'left_window', 'other'])), name='incident_kind_known'), models.CheckConstraint(condition=models.Q(('severity__in', ['note', 'warning', 'serious'])), name='incident_severity_known'), models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='incident_settled_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='通知内容')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('candidate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='exams.candidate')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='exams.sitting')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(fields=['sitting', 'at'], name='notice_by_sitting')],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE invigilation_heard SET UNLOGGED;"
            " ALTER TABLE invigilation_heard SET (fillfactor = 50)",
            migrations.RunSQL.noop,
        ),
    ]
