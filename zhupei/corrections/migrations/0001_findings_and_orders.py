"""The tables of findings, orders to put them right, answers, and more time asked for.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0005_delivery_and_wordings'),
        ('organizations', '0003_inspectors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='编号')),
                ('issued_at', models.DateTimeField(verbose_name='下达时间')),
                ('note', models.TextField(blank=True, verbose_name='整改要求')),
                ('first_due_at', models.DateTimeField(verbose_name='原定期限')),
                ('due_at', models.DateTimeField(verbose_name='整改期限')),
                ('verify_due_at', models.DateTimeField(editable=False, null=True, verbose_name='核查期限')),
                ('received_at', models.DateTimeField(editable=False, null=True, verbose_name='签收时间')),
                ('closed_at', models.DateTimeField(editable=False, null=True, verbose_name='销号时间')),
                ('state', models.TextField(choices=[('issued', '整改中'), ('answered', '待核查'), ('returned', '退回再改'), ('closed', '已销号'), ('withdrawn', '已撤回')], default='issued', editable=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='下达部门')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='correction_orders', to='organizations.organization', verbose_name='机构')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['issued', 'answered', 'returned', 'closed', 'withdrawn'])), name='order_state_known'),
                    models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('issued_at'))), name='order_due_after_it_was_issued', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.CheckConstraint(condition=models.Q(('due_at__gte', models.F('first_due_at'))), name='order_due_only_later', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', False), _connector='OR'), name='order_closed_at_a_time'),
                    models.CheckConstraint(condition=models.Q(('state', 'answered'), ('verify_due_at__isnull', True), _connector='OR'), name='order_verified_while_answered'),
                ],
                'indexes': [
                    models.Index(models.F('due_at'), condition=models.Q(('state__in', ('issued', 'returned'))), name='order_awaited'),
                    models.Index(models.F('verify_due_at'), condition=models.Q(('state', 'answered')), name='order_unverified'),
                    models.Index(fields=['organization', '-issued_at'], name='order_by_organization'),
                    models.Index(fields=['authority', '-issued_at'], name='order_by_authority'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('staff', '组织机构和管理制度'), ('teachers', '师资配备'), ('premises', '场地和实训条件'), ('safety', '消防和安全'), ('routine', '日常教学管理'), ('preparation', '培训准备和教材'), ('records', '评价、成绩和档案'), ('conduct', '培训行为不规范'), ('exams', '考核组织'), ('other', '其他')], default='other', verbose_name='类别')),
                ('severity', models.TextField(choices=[('minor', '轻微'), ('ordinary', '一般'), ('serious', '严重')], verbose_name='程度')),
                ('text', models.TextField(verbose_name='问题')),
                ('law', models.TextField(verbose_name='依据')),
                ('source', models.TextField(blank=True, editable=False)),
                ('source_label', models.TextField(blank=True, editable=False, verbose_name='来源')),
                ('source_path', models.TextField(blank=True, editable=False)),
                ('found_at', models.DateTimeField(verbose_name='发现时间')),
                ('resolved_at', models.DateTimeField(editable=False, null=True)),
                ('state', models.TextField(choices=[('open', '待处理'), ('ordered', '整改中'), ('corrected', '已整改'), ('withdrawn', '已撤回')], default='open', editable=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='发现部门')),
                ('found_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='organizations.organization', verbose_name='机构')),
                ('repeats', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeated_by', to='corrections.finding')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='corrections.order')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['open', 'ordered', 'corrected', 'withdrawn'])), name='finding_state_known'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['staff', 'teachers', 'premises', 'safety', 'routine', 'preparation', 'records', 'conduct', 'exams', 'other'])), name='finding_kind_known'),
                    models.CheckConstraint(condition=models.Q(('severity__in', ['minor', 'ordinary', 'serious'])), name='finding_severity_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'ordered'), _negated=True), ('order__isnull', False), _connector='OR'), name='finding_ordered_by_an_order'),
                    models.CheckConstraint(condition=models.Q(('state__in', ('open', 'ordered')), ('resolved_at__isnull', False), _connector='OR'), name='finding_resolved_at_a_time'),
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='finding_says_something'),
                ],
                'indexes': [
                    models.Index(fields=['organization', 'kind', '-found_at'], name='finding_by_kind'),
                    models.Index(fields=['-found_at'], name='finding_by_day'),
                    models.Index(fields=['source'], name='finding_by_source'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='申请理由')),
                ('wanted_until', models.DateField(verbose_name='申请延至')),
                ('asked_at', models.DateTimeField()),
                ('granted_until', models.DateTimeField(editable=False, null=True, verbose_name='同意延至')),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('note', models.TextField(blank=True, verbose_name='答复理由')),
                ('state', models.TextField(choices=[('asked', '待答复'), ('granted', '同意延期'), ('refused', '不同意延期')], default='asked', editable=False)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='corrections.order')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'refused'])), name='extension_state_known'),
                    models.UniqueConstraint(models.F('order'), condition=models.Q(('state', 'asked')), name='extension_asked_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='extension_answered_by_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'granted'), _negated=True), ('granted_until__isnull', False), _connector='OR'), name='extension_granted_until_a_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('submitted_at', models.DateTimeField(editable=False, null=True)),
                ('due_at', models.DateTimeField(editable=False, null=True)),
                ('verify_due_at', models.DateTimeField(editable=False, null=True)),
                ('verified_at', models.DateTimeField(editable=False, null=True)),
                ('method', models.TextField(blank=True, choices=[('papers', '书面核查'), ('on_site', '现场核查')], verbose_name='核查方式')),
                ('visited_on', models.DateField(null=True, verbose_name='现场核查日期')),
                ('note', models.TextField(blank=True, verbose_name='核查意见')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='corrections.order')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('verified_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [
                    models.UniqueConstraint(models.F('order'), models.F('number'), name='round_number_once'),
                    models.UniqueConstraint(models.F('order'), condition=models.Q(('submitted_at__isnull', True)), name='round_one_draft'),
                    models.CheckConstraint(condition=models.Q(('method__in', ['', 'papers', 'on_site'])), name='round_method_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('submitted_by__isnull', True)), models.Q(('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='round_submitted_by_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('submitted_at__isnull', True)), models.Q(('due_at__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='round_submitted_with_a_term'),
                    models.CheckConstraint(condition=models.Q(models.Q(('submitted_at__isnull', True), ('verify_due_at__isnull', True)), models.Q(('submitted_at__isnull', False), ('verify_due_at__isnull', False)), _connector='OR'), name='round_submitted_to_be_verified'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verified_at__isnull', True), ('verified_by__isnull', True)), models.Q(('verified_at__isnull', False), ('verified_by__isnull', False)), _connector='OR'), name='round_verified_by_somebody'),
                    models.CheckConstraint(condition=models.Q(('verified_at__isnull', True), ('submitted_at__isnull', False), _connector='OR'), name='round_verified_once_submitted'),
                    models.CheckConstraint(condition=models.Q(models.Q(('method', 'on_site'), ('visited_on__isnull', False)), models.Q(models.Q(('method', 'on_site'), _negated=True), ('visited_on__isnull', True)), _connector='OR'), name='round_visited_when_on_site'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.TextField(blank=True, verbose_name='原因分析')),
                ('corrective', models.TextField(blank=True, verbose_name='整改措施和结果')),
                ('preventive', models.TextField(blank=True, verbose_name='防止再发生的措施')),
                ('verdict', models.TextField(blank=True, choices=[('accepted', '通过'), ('returned', '退回')], editable=False, verbose_name='核查结论')),
                ('remark', models.TextField(blank=True, verbose_name='退回理由')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='corrections.finding')),
                ('round', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='corrections.round')),
            ],
            options={
                'ordering': ['finding'],
                'constraints': [
                    models.UniqueConstraint(models.F('round'), models.F('finding'), name='answer_once_in_a_round'),
                    models.CheckConstraint(condition=models.Q(('verdict__in', ['', 'accepted', 'returned'])), name='answer_verdict_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'returned'), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='answer_returned_with_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AnswerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='corrections.answer')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('answer'), models.F('file'), name='answer_file_once')],
            },
        ),
        migrations.CreateModel(
            name='FindingFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='corrections.finding')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(models.F('finding'), models.F('file'), name='finding_file_once')],
            },
        ),
    ]
