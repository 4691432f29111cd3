"""The tables of credit records, repairs, objections and yearly grades.

Why: what was decided about an institution is published for a term and then not any more.
Locks: none, the tables are new.
Reverse: drops them.
"""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0005_delivery_and_wordings'),
        ('organizations', '0002_roles_of_the_exam'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CreditRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField(blank=True, editable=False)),
                ('source_label', models.TextField(blank=True, editable=False, verbose_name='来源')),
                ('source_path', models.TextField(blank=True, editable=False)),
                ('number', models.CharField(editable=False, max_length=20, unique=True, verbose_name='编号')),
                ('about', models.TextField(choices=[('institution', '机构'), ('principal', '校长（负责人）'), ('organizer', '举办者')], default='institution', verbose_name='记在谁名下')),
                ('person_name', models.TextField(blank=True, verbose_name='当事人姓名')),
                ('seriousness', models.TextField(choices=[('minor', '轻微'), ('ordinary', '一般'), ('serious', '严重')], verbose_name='程度')),
                ('ground', models.TextField(verbose_name='事由')),
                ('law', models.TextField(verbose_name='依据')),
                ('paper', models.TextField(blank=True, verbose_name='文书号')),
                ('decided_on', models.DateField(verbose_name='认定日期')),
                ('shortest_until', models.DateField(verbose_name='最短期限到')),
                ('longest_until', models.DateField(verbose_name='最长期限到')),
                ('shown', models.BooleanField(verbose_name='向社会公示')),
                ('shown_why', models.TextField(blank=True, verbose_name='公示轻微记录的理由')),
                ('entered_on', models.DateField(verbose_name='登记日期')),
                ('ended_on', models.DateField(null=True, verbose_name='停止日期')),
                ('state', models.TextField(choices=[('in_force', '有效'), ('repaired', '已修复'), ('expired', '期满停止'), ('withdrawn', '已撤销')], default='in_force', editable=False)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='认定单位')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='credit_records', to='organizations.organization', verbose_name='机构')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['in_force', 'repaired', 'expired', 'withdrawn'])), name='credit_record_state_known'),
                    models.CheckConstraint(condition=models.Q(('seriousness__in', ['minor', 'ordinary', 'serious'])), name='credit_record_seriousness_known'),
                    models.CheckConstraint(condition=models.Q(('about__in', ['institution', 'principal', 'organizer'])), name='credit_record_about_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('about', 'institution'), ('person_name', '')), models.Q(models.Q(('about', 'institution'), _negated=True), models.Q(('person_name', ''), _negated=True)), _connector='OR'), name='credit_record_names_the_person_it_is_about'),
                    models.CheckConstraint(condition=models.Q(('state', 'in_force'), ('ended_on__isnull', False), _connector='OR'), name='credit_record_ended_on_a_day'),
                    models.CheckConstraint(condition=models.Q(('seriousness', 'minor'), ('shown', True), ('shown_why', ''), _negated=True), name='credit_record_minor_is_shown_for_a_reason'),
                    models.CheckConstraint(condition=models.Q(('shortest_until__gte', models.F('decided_on'))), name='credit_record_shortest_after_decision', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.CheckConstraint(condition=models.Q(('longest_until__gte', models.F('shortest_until'))), name='credit_record_longest_after_shortest', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.CheckConstraint(condition=models.Q(('entered_on__gte', models.F('decided_on'))), name='credit_record_entered_after_decision', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.UniqueConstraint(models.F('source'), models.F('about'), models.F('person_name'), condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('state', 'withdrawn'), _negated=True)), name='credit_record_once_from_a_source'),
                ],
                'indexes': [
                    models.Index(fields=['organization', '-decided_on'], name='credit_record_of_somebody'),
                    models.Index(condition=models.Q(('state', 'in_force')), fields=['longest_until'], name='credit_record_in_force'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Grade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.TextField(blank=True, editable=False)),
                ('source_label', models.TextField(blank=True, editable=False, verbose_name='来源')),
                ('source_path', models.TextField(blank=True, editable=False)),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('grade', models.TextField(choices=[('A', 'A'), ('B', 'B'), ('C', 'C'), ('D', 'D'), ('out', '退出')], verbose_name='等级')),
                ('score', models.DecimalField(decimal_places=2, max_digits=5, null=True, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(100)], verbose_name='得分')),
                ('set_at', models.DateTimeField(verbose_name='登记时间')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
                ('replaced_at', models.DateTimeField(null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grades', to='organizations.organization', verbose_name='机构')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('grade__in', ['A', 'B', 'C', 'D', 'out'])), name='credit_grade_known'),
                    models.CheckConstraint(condition=models.Q(('score__isnull', True), ('score__range', (0, 100)), _connector='OR'), name='credit_grade_score_of_a_hundred'),
                    models.UniqueConstraint(models.F('organization'), models.F('year'), condition=models.Q(('replaced_at__isnull', True)), name='credit_grade_one_a_year'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grounds', models.TextField(verbose_name='异议理由')),
                ('filed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(verbose_name='办理时限')),
                ('late_told_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, verbose_name='办理意见')),
                ('answered_at', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('filed', '异议办理中'), ('upheld', '成立，已撤销记录'), ('amended', '部分成立，已更正'), ('dismissed', '不成立'), ('withdrawn', '已撤回')], default='filed', editable=False)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='证据材料')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='credit.creditrecord')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'upheld', 'amended', 'dismissed', 'withdrawn'])), name='credit_objection_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='credit_objection_answered_by_somebody'),
                    models.UniqueConstraint(models.F('record'), condition=models.Q(('state', 'filed')), name='credit_objection_one_at_a_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Repair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.TextField(verbose_name='整改和履行情况')),
                ('filed_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(verbose_name='办理时限')),
                ('late_told_at', models.DateTimeField(null=True)),
                ('answer', models.TextField(blank=True, verbose_name='办理意见')),
                ('answered_at', models.DateTimeField(null=True)),
                ('state', models.TextField(choices=[('filed', '修复办理中'), ('granted', '准予修复'), ('refused', '不予修复'), ('withdrawn', '已撤回')], default='filed', editable=False)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='信用承诺书')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proof', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='整改证明')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='credit.creditrecord')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'granted', 'refused', 'withdrawn'])), name='credit_repair_state_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='credit_repair_answered_by_somebody'),
                    models.UniqueConstraint(models.F('record'), condition=models.Q(('state', 'filed')), name='credit_repair_one_at_a_time'),
                ],
            },
        ),
    ]
