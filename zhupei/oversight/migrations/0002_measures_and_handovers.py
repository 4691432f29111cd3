"""Measures, matters handed over, and the catalogue of legal bases they rest on.

Why: a stop is one of four measures that begin with telling and hearing; penalties are not set
here, but handed over to whoever may set them.
Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_delivery_and_wordings'),
        ('organizations', '0003_inspectors'),
        ('oversight', '0001_suspensions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField(blank=True, editable=False)),
                ('source_label', models.TextField(blank=True, editable=False, verbose_name='来源')),
                ('source_path', models.TextField(blank=True, editable=False)),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='编号')),
                ('receiver_name', models.TextField(blank=True, verbose_name='接收机关名称')),
                ('facts', models.TextField(verbose_name='涉嫌违法的事实')),
                ('happened_until', models.DateField(verbose_name='行为终了日期')),
                ('drafted_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('receipt_due', models.DateTimeField(null=True, verbose_name='回执时限')),
                ('receipt_number', models.TextField(blank=True, verbose_name='回执文号')),
                ('received_at', models.DateTimeField(null=True)),
                ('decide_by', models.DateField(null=True, verbose_name='处罚决定时限')),
                ('late_told_at', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('draft', '拟移送'), ('sent', '已移送，待回执'), ('received', '已接收，办理中'), ('declined', '不接收，已退回'), ('filed', '已立案'), ('penalised', '已作出处罚'), ('cleared', '不予处罚'), ('revoked', '处罚已撤销'), ('cancelled', '已取消')], default='draft', editable=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='移送机关')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='移送函')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='organizations.organization', verbose_name='机构')),
                ('receiver', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='接收机关')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'sent', 'received', 'declined', 'filed', 'penalised', 'cleared', 'revoked', 'cancelled'])), name='handover_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('receiver__isnull', False), ('receiver_name', '')), models.Q(('receiver__isnull', True), models.Q(('receiver_name', ''), _negated=True)), _connector='OR'), name='handover_goes_to_one_receiver'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'cancelled']), models.Q(('letter__isnull', False), ('sent_at__isnull', False), ('sent_by__isnull', False)), _connector='OR'), name='handover_goes_with_a_letter'),
                    models.CheckConstraint(condition=models.Q(('sent_by', models.F('drafted_by')), _negated=True), name='handover_is_sent_by_another'),
                ],
                'indexes': [
                    models.Index(fields=['organization', '-drafted_at'], name='handover_of_an_institution'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HandoverPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(verbose_name='证据名称')),
                ('proves', models.TextField(blank=True, verbose_name='证明什么')),
                ('added_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='oversight.handover')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='LegalBasis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(verbose_name='名称')),
                ('article', models.TextField(verbose_name='条款')),
                ('rank', models.TextField(choices=[('law', '法律'), ('regulation', '行政法规'), ('local', '地方性法规'), ('ministry', '部门规章'), ('local_rule', '地方政府规章'), ('normative', '规范性文件')], verbose_name='位阶')),
                ('matter', models.TextField(verbose_name='适用的情形')),
                ('penalty', models.TextField(blank=True, verbose_name='罚则（没有的留空）')),
                ('competent', models.TextField(choices=[('housing', '住房城乡建设部门'), ('hr', '人力资源社会保障部门'), ('education', '教育部门'), ('market', '市场监管部门'), ('fire', '消防救援机构'), ('police', '公安机关'), ('other', '其他执法机关')], verbose_name='有权机关')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('checked_on', models.DateField(blank=True, null=True, verbose_name='法制机构核对日期')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('rank__in', ['law', 'regulation', 'local', 'ministry', 'local_rule', 'normative'])), name='legal_basis_rank_known'), models.CheckConstraint(condition=models.Q(('competent__in', ['housing', 'hr', 'education', 'market', 'fire', 'police', 'other'])), name='legal_basis_competent_known'), models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='legal_basis_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'), models.CheckConstraint(condition=models.Q(models.Q(('rank', 'normative'), _negated=True), ('penalty', ''), _connector='OR'), name='legal_basis_normative_sets_no_penalty', violation_error_message='规范性文件不得设定行政处罚（行政处罚法第十六条）。'), models.UniqueConstraint(models.F('title'), models.F('article'), models.F('valid_from'), name='legal_basis_once_a_version')],
            },
        ),
        migrations.AddField(
            model_name='handover',
            name='basis',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='oversight.legalbasis', verbose_name='法律依据'),
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField(blank=True, editable=False)),
                ('source_label', models.TextField(blank=True, editable=False, verbose_name='来源')),
                ('source_path', models.TextField(blank=True, editable=False)),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='编号')),
                ('kind', models.TextField(choices=[('talk', '约谈'), ('correct', '限期改正'), ('suspend', '暂停受理'), ('remove', '移出名单')], verbose_name='措施')),
                ('facts', models.TextField(verbose_name='事实')),
                ('drafted_at', models.DateTimeField()),
                ('urgent_why', models.TextField(blank=True, verbose_name='先行暂停的理由')),
                ('noticed_at', models.DateTimeField(null=True)),
                ('statement_until', models.DateTimeField(null=True)),
                ('hearing_until', models.DateField(null=True)),
                ('statement', models.TextField(blank=True, verbose_name='陈述申辩')),
                ('stated_at', models.DateTimeField(null=True)),
                ('hearing_asked', models.BooleanField(default=False, verbose_name='要求听证')),
                ('hearing_at', models.DateTimeField(null=True, verbose_name='听证时间')),
                ('hearing_place', models.TextField(blank=True, verbose_name='听证地点')),
                ('heard_at', models.DateTimeField(null=True)),
                ('hearing_account', models.TextField(blank=True, verbose_name='听证情况')),
                ('decide_by', models.DateTimeField(null=True, verbose_name='决定时限')),
                ('decision', models.TextField(blank=True, verbose_name='决定')),
                ('weighed', models.TextField(blank=True, verbose_name='陈述申辩采纳情况')),
                ('decided_at', models.DateTimeField(null=True)),
                ('due_on', models.DateField(null=True, verbose_name='期限')),
                ('place', models.TextField(blank=True, verbose_name='约谈地点')),
                ('served_how', models.TextField(blank=True, choices=[('platform', '平台签收'), ('handed', '直接送达'), ('post', '邮寄送达'), ('left', '留置送达'), ('announced', '公告送达')], verbose_name='送达方式')),
                ('served_at', models.DateTimeField(null=True)),
                ('outcome', models.TextField(blank=True, verbose_name='执行结果')),
                ('ended_at', models.DateTimeField(null=True)),
                ('late_told_at', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('draft', '拟办'), ('noticed', '已告知，待陈述申辩'), ('stated', '已陈述申辩，待决定'), ('decided', '已决定，待送达'), ('served', '已送达，执行中'), ('done', '执行完毕'), ('lifted', '已解除'), ('dropped', '不予采取'), ('revoked', '已撤销')], default='draft', editable=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='办理机关')),
                ('basis', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='oversight.legalbasis', verbose_name='依据')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='organizations.organization', verbose_name='机构')),
                ('stated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('suspension', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='measure', to='oversight.suspension')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'noticed', 'stated', 'decided', 'served', 'done', 'lifted', 'dropped', 'revoked'])), name='measure_state_known'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['talk', 'correct', 'suspend', 'remove'])), name='measure_kind_known'),
                    models.CheckConstraint(condition=models.Q(('served_how__in', ['', 'platform', 'handed', 'post', 'left', 'announced'])), name='measure_served_how_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('noticed_at__isnull', True), ('statement_until__isnull', True)), models.Q(('noticed_at__isnull', False), ('statement_until__isnull', False)), _connector='OR'), name='measure_told_with_a_term'),
                    models.CheckConstraint(condition=models.Q(models.Q(('stated_at__isnull', True), ('stated_by__isnull', True)), models.Q(('stated_at__isnull', False), ('stated_by__isnull', False)), _connector='OR'), name='measure_stated_by_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='measure_decided_by_somebody'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'dropped']), ('noticed_at__isnull', False), _connector='OR'), name='measure_nobody_is_judged_untold'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'noticed', 'stated', 'dropped']), ('decided_at__isnull', False), _connector='OR'), name='measure_holds_by_a_decision'),
                    models.CheckConstraint(condition=models.Q(('decided_by', models.F('drafted_by')), _negated=True), name='measure_accuser_is_no_judge'),
                    models.CheckConstraint(condition=models.Q(('kind', 'suspend'), models.Q(('suspension__isnull', True), ('urgent_why', '')), _connector='OR'), name='measure_only_a_stop_suspends'),
                ],
                'indexes': [
                    models.Index(fields=['organization', '-drafted_at'], name='measure_of_an_institution'),
                ],
            },
        ),
        migrations.AddField(
            model_name='handover',
            name='measure',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='oversight.measure'),
        ),
        migrations.CreateModel(
            name='MeasurePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('evidence', '证据'), ('statement', '陈述申辩材料'), ('hearing', '听证笔录'), ('service', '送达回证'), ('outcome', '执行材料')], verbose_name='种类')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='oversight.measure')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['evidence', 'statement', 'hearing', 'service', 'outcome'])), name='measure_paper_kind_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='HandoverReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('filed', '立案'), ('told', '告知当事人'), ('hearing', '举行听证'), ('penalised', '作出行政处罚决定'), ('cleared', '不予立案或者不予处罚'), ('revoked', '处罚决定被撤销或者变更')], verbose_name='进展')),
                ('day', models.DateField(verbose_name='日期')),
                ('paper_number', models.TextField(blank=True, verbose_name='文书号')),
                ('text', models.TextField(verbose_name='内容')),
                ('reported_at', models.DateTimeField()),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='oversight.handover')),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['day', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['filed', 'told', 'hearing', 'penalised', 'cleared', 'revoked'])), name='handover_report_kind_known')],
            },
        ),
    ]
