"""The tables of the yearly evaluation: schemes, indicators, evaluations, answers, people's scores.

Why: a year is judged by a frozen scheme; each answer keeps its facts, so that anybody can score it
again.
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
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=8, verbose_name='编号')),
                ('block', models.TextField(choices=[('basics', '基本条件'), ('teaching', '教学管理'), ('bureau', '属地住建评价'), ('bonus', '加分')])),
                ('section', models.TextField(verbose_name='分组')),
                ('title', models.TextField(verbose_name='指标')),
                ('points', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='分值')),
                ('source', models.TextField(choices=[('auto', '自动取数'), ('human', '人工评分'), ('both', '自动取数、人工核对')], verbose_name='取数方式')),
                ('rule', models.TextField(blank=True)),
                ('rule_version', models.PositiveSmallIntegerField(default=1)),
                ('figures', models.JSONField(default=dict, verbose_name='系数')),
                ('formula', models.TextField(verbose_name='怎样给分')),
                ('law', models.TextField(verbose_name='依据')),
            ],
            options={
                'ordering': ['scheme', 'position'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('block__in', ['basics', 'teaching', 'bureau', 'bonus'])), name='indicator_block_known'),
                    models.CheckConstraint(condition=models.Q(('source__in', ['auto', 'human', 'both'])), name='indicator_source_known'),
                    models.CheckConstraint(condition=models.Q(('points__gt', 0)), name='indicator_is_worth_something'),
                    models.CheckConstraint(condition=models.Q(('source', 'human'), models.Q(('rule', ''), _negated=True), _connector='OR'), name='indicator_computed_has_a_rule'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('summary', models.TextField(blank=True, verbose_name='自评总结')),
                ('declared_pass_rate', models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name='自报合格率')),
                ('reported_at', models.DateTimeField(editable=False, null=True)),
                ('reported_by_name', models.TextField(editable=False, null=True)),
                ('scored_at', models.DateTimeField(editable=False, null=True)),
                ('scored_by_name', models.TextField(editable=False, null=True)),
                ('public_since', models.DateTimeField(editable=False, null=True)),
                ('public_until', models.DateTimeField(editable=False, null=True)),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('computed_at', models.DateTimeField(editable=False, null=True)),
                ('sums', models.JSONField(default=dict, editable=False)),
                ('score', models.DecimalField(decimal_places=2, editable=False, max_digits=6, null=True)),
                ('assessed', models.DecimalField(decimal_places=2, editable=False, max_digits=6, null=True)),
                ('applicable', models.DecimalField(decimal_places=2, editable=False, max_digits=6, null=True)),
                ('grade', models.TextField(blank=True, choices=[('A', 'A 类'), ('B', 'B 类'), ('C', 'C 类'), ('D', '不合格')], editable=False)),
                ('state', models.TextField(choices=[('open', '机构自评中'), ('reported', '待属地评分'), ('scored', '待专家复核'), ('reviewed', '待公示'), ('public', '公示中'), ('decided', '已定级'), ('exited', '已退出')], default='open', editable=False)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='organizations.organization')),
                ('scorer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='属地评分单位')),
                ('sponsor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='举办单位')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['open', 'reported', 'scored', 'reviewed', 'public', 'decided', 'exited'])), name='evaluation_state_known'),
                    models.CheckConstraint(condition=models.Q(('grade__in', ['', 'A', 'B', 'C', 'D'])), name='evaluation_grade_known'),
                    models.CheckConstraint(condition=models.Q(('scorer__isnull', True), models.Q(('scorer', models.F('organization')), _negated=True), _connector='OR'), name='evaluation_not_by_itself'),
                    models.CheckConstraint(condition=models.Q(('scorer__isnull', True), ('sponsor__isnull', True), models.Q(('scorer', models.F('sponsor')), _negated=True), _connector='OR'), name='evaluation_not_by_its_sponsor'),
                    models.CheckConstraint(condition=models.Q(models.Q(('reported_at__isnull', True), ('reported_by_name__isnull', True)), models.Q(('reported_at__isnull', False), ('reported_by_name__isnull', False)), _connector='OR'), name='evaluation_reported_by_one'),
                    models.CheckConstraint(condition=models.Q(models.Q(('scored_at__isnull', True), ('scored_by_name__isnull', True)), models.Q(('scored_at__isnull', False), ('scored_by_name__isnull', False)), _connector='OR'), name='evaluation_scored_by_one'),
                    models.CheckConstraint(condition=models.Q(models.Q(('public_since__isnull', True), ('public_until__isnull', True)), models.Q(('public_since__isnull', False), ('public_until__isnull', False)), _connector='OR'), name='evaluation_public_for_a_term'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), ('public_until__isnull', False), _connector='OR'), name='evaluation_decided_after_publicity'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('facts', models.JSONField(default=dict, editable=False)),
                ('facts_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('computed_status', models.TextField(choices=[('scored', '已评'), ('not_applicable', '不适用'), ('not_assessed', '未评')], default='not_assessed', editable=False)),
                ('computed', models.DecimalField(decimal_places=2, editable=False, max_digits=5, null=True)),
                ('because', models.TextField(blank=True, editable=False)),
                ('said', models.JSONField(default=dict, editable=False)),
                ('computed_at', models.DateTimeField(editable=False, null=True)),
                ('status', models.TextField(choices=[('scored', '已评'), ('not_applicable', '不适用'), ('not_assessed', '未评')], default='not_assessed', editable=False)),
                ('value', models.DecimalField(decimal_places=2, editable=False, max_digits=5, null=True)),
                ('stage', models.TextField(blank=True, editable=False)),
                ('differ', models.BooleanField(default=False, editable=False)),
                ('statement', models.TextField(blank=True, verbose_name='自评说明')),
                ('stated_at', models.DateTimeField(editable=False, null=True)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='evaluation.evaluation')),
                ('indicator', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='evaluation.indicator')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('computed_status__in', ['scored', 'not_applicable', 'not_assessed'])), name='answer_computed_status_known'),
                    models.CheckConstraint(condition=models.Q(('status__in', ['scored', 'not_applicable', 'not_assessed'])), name='answer_status_known'),
                    models.UniqueConstraint(models.F('evaluation'), models.F('indicator'), name='answer_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('status', 'scored'), ('value__isnull', False)), models.Q(models.Q(('status', 'scored'), _negated=True), ('value__isnull', True)), _connector='OR'), name='answer_scored_has_a_value'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization_name', models.TextField()),
                ('added_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='evaluation.answer')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='evaluation.evaluation')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grounds', models.TextField(verbose_name='异议理由')),
                ('made_at', models.DateTimeField()),
                ('made_by_name', models.TextField()),
                ('reply', models.TextField(blank=True, editable=False, verbose_name='答复')),
                ('replied_at', models.DateTimeField(editable=False, null=True)),
                ('replied_by_name', models.TextField(editable=False, null=True)),
                ('state', models.TextField(choices=[('made', '待答复'), ('upheld', '成立，已重评'), ('rejected', '不成立')], default='made', editable=False)),
                ('answer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='evaluation.answer', verbose_name='指标')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='evaluation.evaluation')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['made', 'upheld', 'rejected'])), name='evaluation_objection_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('replied_at__isnull', True), ('replied_by_name__isnull', True)), models.Q(('replied_at__isnull', False), ('replied_by_name__isnull', False)), _connector='OR'), name='evaluation_objection_replied'),
                    models.UniqueConstraint(models.F('evaluation'), models.F('answer'), condition=models.Q(('state', 'made')), name='evaluation_objection_one_open', nulls_distinct=False),
                ],
            },
        ),
        migrations.CreateModel(
            name='Scheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True, verbose_name='评估年度')),
                ('title', models.TextField(verbose_name='方案名称')),
                ('counts_from', models.DateField(verbose_name='数据起')),
                ('counts_until', models.DateField(verbose_name='数据止')),
                ('report_until', models.DateField(verbose_name='机构自评截止')),
                ('figures', models.JSONField(default=dict, editable=False)),
                ('sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('frozen_at', models.DateTimeField(editable=False, null=True)),
                ('frozen_by_name', models.TextField(editable=False, null=True)),
                ('announced_at', models.DateTimeField(editable=False, null=True)),
                ('announced_as', models.TextField(editable=False, null=True, verbose_name='通报文号')),
                ('state', models.TextField(choices=[('draft', '起草中'), ('frozen', '评估中'), ('announced', '已通报')], default='draft', editable=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'frozen', 'announced'])), name='scheme_state_known'), models.CheckConstraint(condition=models.Q(('counts_until__gte', models.F('counts_from'))), name='scheme_counts_forward', violation_error_message='结束早于开始，请检查两个日期。'), models.CheckConstraint(condition=models.Q(models.Q(('frozen_at__isnull', True), ('frozen_by_name__isnull', True)), models.Q(('frozen_at__isnull', False), ('frozen_by_name__isnull', False)), _connector='OR'), name='scheme_frozen_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('announced_as__isnull', True), ('announced_at__isnull', True)), models.Q(('announced_as__isnull', False), ('announced_at__isnull', False)), _connector='OR'), name='scheme_announced_as_something'), models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('sha256', ''), _negated=True), _connector='OR'), name='scheme_frozen_has_a_hash')],
            },
        ),
        migrations.CreateModel(
            name='Outlook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('reckoned_at', models.DateTimeField()),
                ('lines', models.JSONField(default=list)),
                ('sums', models.JSONField(default=dict)),
                ('organization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='outlook', to='organizations.organization')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='evaluation.scheme')),
            ],
        ),
        migrations.AddField(
            model_name='indicator',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indicators', to='evaluation.scheme'),
        ),
        migrations.AddField(
            model_name='evaluation',
            name='scheme',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evaluations', to='evaluation.scheme'),
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.TextField(choices=[('bureau', '属地评分'), ('expert', '专家评分'), ('third', '第三位专家评分'), ('rescoring', '异议后重评')])),
                ('status', models.TextField(choices=[('scored', '已评'), ('not_applicable', '不适用'), ('not_assessed', '未评')])),
                ('value', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('reason', models.TextField(blank=True)),
                ('by_name', models.TextField()),
                ('organization_name', models.TextField()),
                ('at', models.DateTimeField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='evaluation.answer')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('stage__in', ['bureau', 'expert', 'third', 'rescoring'])), name='score_stage_known'),
                    models.CheckConstraint(condition=models.Q(('status__in', ['scored', 'not_applicable', 'not_assessed'])), name='score_status_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('status', 'scored'), ('value__gte', 0), ('value__isnull', False)), models.Q(models.Q(('status', 'scored'), _negated=True), ('value__isnull', True)), _connector='OR'), name='score_scored_has_a_value'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Veto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('licence', '办学许可证失效'), ('fire', '重大消防隐患未整改'), ('stand_ins', '组织冒名顶替参训、参考'), ('forgery', '篡改、伪造培训考核数据'), ('refusal', '拒绝检查')], verbose_name='否决项')),
                ('facts', models.TextField(verbose_name='认定的事实')),
                ('law', models.TextField(verbose_name='依据')),
                ('found_by_name', models.TextField()),
                ('found_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(editable=False, null=True)),
                ('lifted_note', models.TextField(editable=False, null=True)),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vetoes', to='evaluation.evaluation')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['licence', 'fire', 'stand_ins', 'forgery', 'refusal'])), name='veto_kind_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_note__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_note__isnull', False)), _connector='OR'), name='veto_lifted_with_why'),
                    models.UniqueConstraint(models.F('evaluation'), models.F('kind'), condition=models.Q(('lifted_at__isnull', True)), name='veto_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seat', models.PositiveSmallIntegerField(choices=[(1, '专家一'), (2, '专家二'), (3, '第三位专家')])),
                ('appointed_at', models.DateTimeField()),
                ('state', models.TextField(choices=[('called', '待评'), ('done', '已提交'), ('recused', '已回避')], default='called', editable=False)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('note', models.TextField(blank=True, editable=False)),
                ('expert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='专家')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to='evaluation.evaluation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['called', 'done', 'recused'])), name='appointment_state_known'), models.CheckConstraint(condition=models.Q(('seat__in', [1, 2, 3])), name='appointment_seat_known'), models.UniqueConstraint(models.F('evaluation'), models.F('expert'), name='appointment_expert_once'), models.UniqueConstraint(models.F('evaluation'), models.F('seat'), condition=models.Q(('state', 'recused'), _negated=True), name='appointment_seat_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='indicator',
            constraint=models.UniqueConstraint(models.F('scheme'), models.F('code'), name='indicator_code_once'),
        ),
        migrations.AddIndex(
            model_name='evaluation',
            index=models.Index(fields=['scheme', '-score'], name='evaluation_by_score'),
        ),
        migrations.AddConstraint(
            model_name='evaluation',
            constraint=models.UniqueConstraint(models.F('scheme'), models.F('organization'), name='evaluation_once_a_year'),
        ),
    ]
