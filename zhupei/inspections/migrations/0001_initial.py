"""Lists of items, plans, draws with their frozen texts, inspections.

Locks: none, the tables are new.
Reverse: drops them, and with them what was drawn; only sensible before first use.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('classes', '0004_waiting_ends_with_its_class'),
        ('core', '0005_delivery_and_wordings'),
        ('exams', '0009_slips_and_questions'),
        ('organizations', '0003_inspectors'),
        ('syllabus', '0004_no_ministry_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name='编号')),
                ('title', models.TextField(verbose_name='抽查名称')),
                ('outside_because', models.TextField(blank=True, verbose_name='计划外抽查的理由')),
                ('again_because', models.TextField(blank=True, verbose_name='再次抽取的理由')),
                ('target', models.TextField(choices=[('institution', '培训机构'), ('class', '培训班'), ('sitting', '考核场次')], verbose_name='抽查对象')),
                ('since', models.DateField(blank=True, null=True, verbose_name='对象所在期间从')),
                ('until', models.DateField(blank=True, null=True, verbose_name='到')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='抽查比例（%）')),
                ('housing_count', models.PositiveSmallIntegerField(default=2, verbose_name='每个对象的住建检查员（名）')),
                ('hr_count', models.PositiveSmallIntegerField(default=0, verbose_name='每个对象的人社检查员（名）')),
                ('check_by', models.DateField(verbose_name='检查截止日期')),
                ('called_off_because', models.TextField(blank=True, editable=False, verbose_name='作废理由')),
                ('state', models.TextField(choices=[('draft', '准备中'), ('frozen', '名单已冻结'), ('drawn', '已抽取'), ('finished', '结果已全部公示'), ('called_off', '已作废')], default='draft', editable=False)),
                ('announce_days', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('names_public', models.BooleanField(default=True, editable=False)),
                ('frozen_at', models.DateTimeField(editable=False, null=True, verbose_name='冻结时间')),
                ('terms_sha256', models.CharField(editable=False, max_length=64, null=True)),
                ('frame_size', models.PositiveIntegerField(default=0, editable=False)),
                ('sample', models.PositiveIntegerField(default=0, editable=False)),
                ('seed', models.CharField(editable=False, max_length=64, null=True, verbose_name='种子')),
                ('drawn_at', models.DateTimeField(editable=False, null=True, verbose_name='抽取时间')),
                ('list_public_at', models.DateTimeField(editable=False, null=True, verbose_name='名单公布时间')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('bodies', models.ManyToManyField(related_name='+', to='organizations.organization', verbose_name='派检查员的单位')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='syllabus.job', verbose_name='岗位或工种')),
                ('prefecture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division', verbose_name='地州市')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('target__in', ['institution', 'class', 'sitting'])), name='draw_target_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'frozen', 'drawn', 'finished', 'called_off'])), name='draw_state_known'),
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='draw_days_in_order', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.CheckConstraint(condition=models.Q(models.Q(('frozen_at__isnull', True), ('terms_sha256__isnull', True)), models.Q(('frozen_at__isnull', False), ('terms_sha256__isnull', False)), _connector='OR'), name='draw_frozen_with_its_hash'),
                    models.CheckConstraint(condition=models.Q(models.Q(('frozen_at__isnull', True), ('number__isnull', True)), models.Q(('frozen_at__isnull', False), ('number__isnull', False)), _connector='OR'), name='draw_numbered_when_frozen'),
                    models.CheckConstraint(condition=models.Q(models.Q(('drawn_at__isnull', True), ('seed__isnull', True)), models.Q(('drawn_at__isnull', False), ('seed__isnull', False)), _connector='OR'), name='draw_drawn_with_its_seed'),
                    models.CheckConstraint(condition=models.Q(models.Q(('drawn_at__isnull', True), ('list_public_at__isnull', True)), models.Q(('drawn_at__isnull', False), ('list_public_at__isnull', False)), _connector='OR'), name='draw_drawn_is_published'),
                    models.CheckConstraint(condition=models.Q(('percent__range', (1, 100))), name='draw_percent_known'),
                    models.CheckConstraint(condition=models.Q(('housing_count__gte', 2), ('hr_count__gte', 2), models.Q(('housing_count', 1), ('hr_count', 1)), _connector='OR'), name='draw_two_inspectors', violation_error_message='每个对象至少 2 名检查员。'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['drawn', 'finished']), _negated=True), ('seed__isnull', False), _connector='OR'), name='draw_drawn_has_a_seed'),
                ],
                'indexes': [
                    models.Index(fields=['authority', '-frozen_at'], name='draw_by_authority'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FrameInspector',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=20)),
                ('team', models.TextField(choices=[('housing', '住建'), ('hr', '人社')])),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspectors', to='inspections.draw')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['draw', 'pk'],
                'constraints': [
                    models.UniqueConstraint(models.F('draw'), models.F('key'), name='frame_inspector_key_once'),
                    models.UniqueConstraint(models.F('draw'), models.F('user'), name='frame_inspector_once'),
                    models.CheckConstraint(condition=models.Q(('team__in', ['housing', 'hr'])), name='frame_inspector_team_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveIntegerField(verbose_name='抽取顺序')),
                ('key', models.CharField(max_length=40)),
                ('name', models.TextField(verbose_name='抽查对象')),
                ('ticket', models.CharField(max_length=64)),
                ('state', models.TextField(choices=[('assigned', '待检查'), ('signing', '待会签'), ('signed', '待公示'), ('published', '已公示')], default='assigned', editable=False)),
                ('visited_on', models.DateField(null=True, verbose_name='检查日期')),
                ('outcome', models.TextField(choices=[('clean', '未发现问题'), ('ordered', '发现问题，责令改正'), ('referred', '发现问题，待后续处理'), ('unreachable', '无法联系或不在登记地址'), ('obstructed', '不配合检查'), ('gone', '对象已退出、取消或结束')], null=True, verbose_name='检查结果')),
                ('remark', models.TextField(blank=True, verbose_name='检查情况')),
                ('recorded_at', models.DateTimeField(editable=False, null=True)),
                ('due_at', models.DateTimeField(editable=False, null=True, verbose_name='公示时限')),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='公示时间')),
                ('late_told_at', models.DateTimeField(editable=False, null=True)),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='inspections.draw')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='organizations.organization', verbose_name='单位')),
                ('sitting', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='exams.sitting')),
                ('training_class', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='classes.trainingclass')),
            ],
            options={
                'ordering': ['draw', 'place'],
                'constraints': [
                    models.UniqueConstraint(models.F('draw'), models.F('key'), name='inspection_object_once'),
                    models.UniqueConstraint(models.F('draw'), models.F('place'), name='inspection_place_once'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['assigned', 'signing', 'signed', 'published'])), name='inspection_state_known'),
                    models.CheckConstraint(condition=models.Q(('outcome__in', ['clean', 'ordered', 'referred', 'unreachable', 'obstructed', 'gone'])), name='inspection_outcome_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('due_at__isnull', True), ('recorded_at__isnull', True)), models.Q(('due_at__isnull', False), ('recorded_at__isnull', False)), _connector='OR'), name='inspection_recorded_has_a_term'),
                    models.CheckConstraint(condition=models.Q(('state', 'assigned'), models.Q(('outcome__isnull', False), ('recorded_at__isnull', False), ('visited_on__isnull', False)), _connector='OR'), name='inspection_recorded_has_a_result'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', False), _connector='OR'), name='inspection_published_on_a_day'),
                ],
                'indexes': [
                    models.Index(fields=['organization', '-published_at'], name='inspection_by_body'),
                    models.Index(models.F('due_at'), condition=models.Q(('state__in', ('assigned', 'signing', 'signed'))), name='inspection_unpublished'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('signed_at', models.DateTimeField(null=True)),
                ('out_at', models.DateTimeField(null=True)),
                ('out_because', models.TextField(null=True)),
                ('skipped', models.JSONField(default=list)),
                ('instead_of', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='successor', to='inspections.assignment')),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='inspections.frameinspector')),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='assignments', to='inspections.inspection')),
            ],
            options={
                'ordering': ['inspection', 'place'],
                'constraints': [
                    models.UniqueConstraint(models.F('inspection'), models.F('inspector'), name='assignment_once'),
                    models.UniqueConstraint(models.F('inspection'), models.F('place'), name='assignment_place_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('out_at__isnull', True), ('out_because__isnull', True)), models.Q(('out_at__isnull', False), ('out_because__isnull', False)), _connector='OR'), name='assignment_out_for_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ItemList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(editable=False, unique=True, verbose_name='版次')),
                ('title', models.TextField(verbose_name='名称')),
                ('state', models.TextField(choices=[('draft', '草稿'), ('in_force', '现行'), ('replaced', '已更替')], default='draft', editable=False)),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='发布时间')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_force', 'replaced'])), name='item_list_state_known'), models.UniqueConstraint(models.F('state'), condition=models.Q(('state__in', ['draft', 'in_force'])), name='item_list_one_in_force_one_draft'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('published_at__isnull', False), _connector='OR'), name='item_list_in_force_was_published')],
            },
        ),
        migrations.AddField(
            model_name='draw',
            name='item_list',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.itemlist'),
        ),
        migrations.CreateModel(
            name='ListItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, verbose_name='编号')),
                ('title', models.TextField(verbose_name='检查内容')),
                ('target', models.TextField(choices=[('institution', '培训机构'), ('class', '培训班'), ('sitting', '考核场次')], verbose_name='检查对象')),
                ('grip', models.TextField(choices=[('general', '一般事项'), ('key', '重点事项')], default='general', verbose_name='事项类别')),
                ('law', models.TextField(verbose_name='依据')),
                ('method', models.TextField(blank=True, verbose_name='怎样检查')),
                ('item_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='inspections.itemlist')),
            ],
            options={
                'ordering': ['item_list', 'target', 'code'],
                'constraints': [
                    models.UniqueConstraint(models.F('item_list'), models.F('code'), name='list_item_code_once', violation_error_message='清单里已经有这个编号。'),
                    models.CheckConstraint(condition=models.Q(('target__in', ['institution', 'class', 'sitting'])), name='list_item_target_known'),
                    models.CheckConstraint(condition=models.Q(('grip__in', ['general', 'key'])), name='list_item_grip_known'),
                ],
            },
        ),
        migrations.AddField(
            model_name='draw',
            name='items',
            field=models.ManyToManyField(related_name='+', to='inspections.listitem', verbose_name='抽查事项'),
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verdict', models.TextField(choices=[('good', '符合'), ('bad', '不符合'), ('not_applicable', '不适用')])),
                ('severity', models.TextField(choices=[('minor', '轻微'), ('ordinary', '一般'), ('serious', '严重')], null=True)),
                ('note', models.TextField(blank=True)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='inspections.inspection')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.listitem')),
            ],
            options={
                'ordering': ['inspection', 'item__code'],
                'constraints': [
                    models.UniqueConstraint(models.F('inspection'), models.F('item'), name='answer_once_an_item'),
                    models.CheckConstraint(condition=models.Q(('verdict__in', ['good', 'bad', 'not_applicable'])), name='inspection_verdict_known'),
                    models.CheckConstraint(condition=models.Q(('severity__in', ['minor', 'ordinary', 'serious'])), name='inspection_severity_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('severity__isnull', False), ('verdict', 'bad'), models.Q(('note', ''), _negated=True)), models.Q(models.Q(('verdict', 'bad'), _negated=True), ('severity__isnull', True)), _connector='OR'), name='inspection_answer_bad_says_why'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='inspections.inspection')),
                ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inspections.listitem')),
            ],
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('state', models.TextField(choices=[('draft', '草稿'), ('published', '已公布')], default='draft', editable=False)),
                ('published_at', models.DateTimeField(editable=False, null=True, verbose_name='公布时间')),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('authority'), models.F('year'), name='plan_one_a_year'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published'])), name='inspection_plan_state_known'),
                    models.CheckConstraint(condition=models.Q(('year__range', (2020, 2100))), name='inspection_plan_year'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PlannedDraw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.TextField(verbose_name='抽查名称')),
                ('target', models.TextField(choices=[('institution', '培训机构'), ('class', '培训班'), ('sitting', '考核场次')], verbose_name='抽查对象')),
                ('grip', models.TextField(choices=[('general', '一般事项'), ('key', '重点事项')], default='general', verbose_name='事项类别')),
                ('month', models.PositiveSmallIntegerField(verbose_name='计划月份')),
                ('percent', models.PositiveSmallIntegerField(verbose_name='抽查比例（%）')),
                ('joint', models.BooleanField(default=False, verbose_name='与人社部门联合')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='inspections.plan')),
            ],
            options={
                'ordering': ['plan', 'month', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('target__in', ['institution', 'class', 'sitting'])), name='planned_draw_target_known'),
                    models.CheckConstraint(condition=models.Q(('grip__in', ['general', 'key'])), name='planned_draw_grip_known'),
                    models.CheckConstraint(condition=models.Q(('month__range', (1, 12))), name='planned_draw_month'),
                    models.CheckConstraint(condition=models.Q(('percent__range', (1, 100))), name='planned_draw_percent'),
                ],
            },
        ),
        migrations.AddField(
            model_name='draw',
            name='planned',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='inspections.planneddraw'),
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='回避原因')),
                ('inspector', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recusals', to='inspections.frameinspector')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('inspector'), models.F('organization'), name='recusal_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SeedInput',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('kind', models.TextField(choices=[('event', '公开事件'), ('commitment', '事先承诺')])),
                ('description', models.TextField(verbose_name='是什么')),
                ('source', models.TextField(blank=True, verbose_name='在哪里公布')),
                ('happens_at', models.DateTimeField(null=True, verbose_name='何时公布（北京时间）')),
                ('commitment', models.CharField(blank=True, max_length=64, verbose_name='承诺摘要')),
                ('value', models.TextField(blank=True, editable=False)),
                ('known_at', models.DateTimeField(editable=False, null=True)),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inputs', to='inspections.draw')),
            ],
            options={
                'ordering': ['draw', 'place'],
                'constraints': [
                    models.UniqueConstraint(models.F('draw'), models.F('place'), name='seed_input_place_once'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['event', 'commitment'])), name='seed_input_kind_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('commitment', ''), ('happens_at__isnull', False), ('kind', 'event')), models.Q(('commitment__regex', '^[0-9a-f]{64}$'), ('happens_at__isnull', True), ('kind', 'commitment')), _connector='OR'), name='seed_input_event_or_commitment'),
                    models.CheckConstraint(condition=models.Q(models.Q(('known_at__isnull', True), ('value', '')), models.Q(('known_at__isnull', False), models.Q(('value', ''), _negated=True)), _connector='OR'), name='seed_input_known_with_value'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SeedEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.TextField()),
                ('typed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('typed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seed_input', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='inspections.seedinput')),
            ],
            options={
                'verbose_name_plural': 'seed entries',
                'constraints': [
                    models.UniqueConstraint(models.F('seed_input'), models.F('typed_by'), name='seed_entry_once_by_a_person'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Frame',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('terms', '抽取约定'), ('objects', '对象名单'), ('inspectors', '检查员名单'), ('recusals', '回避名单')])),
                ('text', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('lines', models.PositiveIntegerField()),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='frames', to='inspections.draw')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('draw'), models.F('kind'), name='frame_once'), models.CheckConstraint(condition=models.Q(('kind__in', ['terms', 'objects', 'inspectors', 'recusals'])), name='frame_kind_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='draw',
            constraint=models.CheckConstraint(condition=models.Q(('planned__isnull', False), models.Q(('outside_because', ''), _negated=True), _connector='OR'), name='draw_planned_or_explained'),
        ),
    ]
