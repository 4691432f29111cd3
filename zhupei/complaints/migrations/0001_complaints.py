"""The tables of complaints: who complained stands in a row of its own, encrypted.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
import zhupei.core.crypto
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('certificates', '0004_practical_turn'),
        ('classes', '0004_waiting_ends_with_its_class'),
        ('core', '0006_uploads_of_strangers'),
        ('organizations', '0004_complaint_hours'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='编号')),
                ('code_hash', models.CharField(max_length=64)),
                ('form_index', models.CharField(help_text='of the form handed in', max_length=64, unique=True)),
                ('owner_index', models.CharField(blank=True, max_length=64)),
                ('channel', models.TextField(choices=[('web', '网上'), ('phone', '来电'), ('visit', '来访'), ('letter', '来信'), ('hotline', '12345 转来')], default='web', verbose_name='来源')),
                ('kind', models.TextField(choices=[('stand_in', '替训替考、代签到'), ('fees', '乱收费、不退费'), ('promises', '虚假宣传、承诺包过'), ('forced', '强制或变相强制参加'), ('textbooks', '不发教材、收回教材'), ('teacher', '教师不到课、不合格'), ('hours', '学时不足、走过场'), ('safety', '场地设备不安全'), ('unlicensed', '无证或超范围办班'), ('exam', '考试组织、考场纪律'), ('certificate', '证书发放、证书真假'), ('conduct', '工作人员态度和作风'), ('other', '其他')], verbose_name='类别')),
                ('about', models.TextField(blank=True, verbose_name='单位名称')),
                ('text', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('wish', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('happened_on', models.DateField(null=True, verbose_name='发生日期')),
                ('named', models.BooleanField(verbose_name='实名')),
                ('filed_at', models.DateTimeField()),
                ('assign_due', models.DateTimeField()),
                ('reply_due', models.DateTimeField()),
                ('close_due', models.DateTimeField()),
                ('notice_due', models.DateTimeField()),
                ('assigned_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('refused_for', models.TextField(blank=True, choices=[('remit', '不属于住房城乡建设部门职责'), ('same', '同一事项已经办理并答复'), ('unclear', '没有可以核查的具体内容'), ('court', '已由法院、仲裁或复议机关受理'), ('other', '其他理由')])),
                ('first_reply_at', models.DateTimeField(null=True)),
                ('outcome', models.TextField(blank=True, choices=[('upheld', '属实'), ('partly', '部分属实'), ('not_upheld', '未查实')], verbose_name='认定')),
                ('finding', models.TextField(blank=True, verbose_name='查明的情况')),
                ('decided_at', models.DateTimeField(null=True)),
                ('replied_at', models.DateTimeField(null=True)),
                ('rating', models.PositiveSmallIntegerField(null=True)),
                ('rating_words', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('rated_at', models.DateTimeField(null=True)),
                ('times_reopened', models.PositiveSmallIntegerField(default=0)),
                ('reopened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('warned_at', models.DateTimeField(null=True)),
                ('escalated_at', models.DateTimeField(null=True)),
                ('escalated_for', models.TextField(blank=True, choices=[('assign', '分派'), ('reply', '首次答复'), ('close', '答复结果')])),
                ('state', models.TextField(choices=[('registered', '已登记，待分派'), ('assigned', '已分派，待受理'), ('accepted', '已受理，调查中'), ('decided', '已认定，待答复'), ('replied', '已答复'), ('reopened', '要求重办，待分派'), ('refused', '不予受理'), ('referred', '已转其他部门'), ('closed', '已办结')], default='registered', editable=False)),
                ('certificate', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='certificates.certificate')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handler', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('investigator', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('training_class', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='complaints', to='classes.trainingclass')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['registered', 'assigned', 'accepted', 'decided', 'replied', 'reopened', 'refused', 'referred', 'closed'])), name='complaint_state_known'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['stand_in', 'fees', 'promises', 'forced', 'textbooks', 'teacher', 'hours', 'safety', 'unlicensed', 'exam', 'certificate', 'conduct', 'other'])), name='complaint_kind_known'),
                    models.CheckConstraint(condition=models.Q(('channel__in', ['web', 'phone', 'visit', 'letter', 'hotline'])), name='complaint_channel_known'),
                    models.CheckConstraint(condition=models.Q(('refused_for__in', ['', 'remit', 'same', 'unclear', 'court', 'other'])), name='complaint_ground_known'),
                    models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'upheld', 'partly', 'not_upheld'])), name='complaint_outcome_known'),
                    models.CheckConstraint(condition=models.Q(('escalated_for__in', ['', 'assign', 'reply', 'close'])), name='complaint_clock_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('decided', 'replied', 'closed')), _negated=True), models.Q(('outcome', ''), _negated=True), _connector='OR'), name='complaint_judged_somehow'),
                    models.CheckConstraint(condition=models.Q(('state', 'refused'), ('refused_for', ''), _connector='OR'), name='complaint_refused_on_a_ground'),
                    models.CheckConstraint(condition=models.Q(('rating__isnull', True), ('rating__range', (1, 5)), _connector='OR'), name='complaint_rating_in_range'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='complaint_decided_by_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('assigned_at__isnull', True), ('investigator__isnull', True)), models.Q(('assigned_at__isnull', False), ('investigator__isnull', False)), _connector='OR'), name='complaint_assigned_to_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('rated_at__isnull', True), ('rating__isnull', True)), models.Q(('rated_at__isnull', False), ('rating__isnull', False)), _connector='OR'), name='complaint_rated_at_a_time'),
                ],
                'indexes': [
                    models.Index(models.F('handler'), models.F('close_due'), condition=models.Q(('state__in', ('registered', 'reopened', 'assigned', 'accepted', 'decided'))), name='complaint_open'),
                    models.Index(fields=['-filed_at'], name='complaint_by_day'),
                    models.Index(models.F('owner_index'), condition=models.Q(('owner_index', ''), _negated=True), name='complaint_by_owner'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Complainant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('phone', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('account', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('complaint', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='complainant', to='complaints.complaint')),
            ],
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='编号')),
                ('statement', models.TextField(verbose_name='询问事项')),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, verbose_name='情况说明')),
                ('answered_at', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('asked', '待说明'), ('answered', '已说明')], default='asked', editable=False)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='complaints.complaint')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inquiries', to='organizations.organization')),
                ('training_class', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='classes.trainingclass', verbose_name='涉及班级')),
            ],
            options={
                'verbose_name_plural': 'inquiries',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'answered'])), name='inquiry_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='inquiry_answered_by_somebody'),
                ],
                'indexes': [
                    models.Index(fields=['organization', '-asked_at'], name='inquiry_by_body'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InquiryPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('inquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='complaints.inquiry')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outside', models.TextField(blank=True, verbose_name='系统外的部门')),
                ('reason', models.TextField(verbose_name='转办理由')),
                ('by_name', models.TextField(verbose_name='经办人')),
                ('at', models.DateTimeField()),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='complaints.complaint')),
                ('from_organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('to_organization', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('to_organization__isnull', True), models.Q(('outside', ''), _negated=True)), models.Q(('outside', ''), ('to_organization__isnull', False)), _connector='OR'), name='transfer_goes_to_one'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.TextField(choices=[('complainant', '投诉人'), ('bureau', '办理单位'), ('internal', '调查记录')])),
                ('text', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='complaints.complaint')),
            ],
            options={
                'ordering': ['at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('side__in', ['complainant', 'bureau', 'internal'])), name='word_side_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), ('side', 'complainant')), models.Q(models.Q(('side', 'complainant'), _negated=True), ('by__isnull', False)), _connector='OR'), name='word_of_officers_has_a_name'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='complaints.complaint')),
                ('word', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='complaints.word')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
    ]
