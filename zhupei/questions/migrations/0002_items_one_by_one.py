"""Items one by one: versions, reviews, cases, pictures, sealed sets, pairs that look alike.

What items said moves into versions in the next migration, and its columns go in the one after.

Locks: questions_item and questions_questionset for a moment, while columns are added and loosened;
the other tables are new.
Reverse: drops the new tables and columns; the columns of an item are required again.
"""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0005_delivery_and_wordings'),
        ('questions', '0001_initial'),
        ('syllabus', '0004_no_ministry_code'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='案例材料')),
                ('author_name', models.TextField(blank=True)),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='case_has_a_text'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ItemVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.TextField(choices=[('draft', '草稿'), ('in_review', '审题中'), ('returned', '已退回'), ('published', '已发布'), ('replaced', '已被替换'), ('dropped', '已作废')], default='draft', editable=False)),
                ('kind', models.TextField(choices=[('single', '单选题'), ('multiple', '多选题'), ('judge', '判断题'), ('blank', '填空题'), ('essay', '简答题')], verbose_name='题型')),
                ('stem', models.TextField(verbose_name='题干')),
                ('options', models.JSONField(default=list, help_text='the texts of A, B, C … in order', verbose_name='选项')),
                ('key', models.JSONField(help_text='as questions/rules.py says', verbose_name='答案')),
                ('point', models.TextField(blank=True, help_text='names a unit or a topic', verbose_name='知识点')),
                ('difficulty', models.PositiveSmallIntegerField(choices=[(1, '易'), (2, '较易'), (3, '中'), (4, '较难'), (5, '难')], default=3, verbose_name='难度')),
                ('cognition', models.TextField(choices=[('recall', '识记'), ('understand', '理解'), ('apply', '应用'), ('analyse', '综合')], default='recall', verbose_name='认知层次')),
                ('source', models.TextField(blank=True, verbose_name='出处')),
                ('analysis', models.TextField(blank=True, verbose_name='解析')),
                ('position', models.PositiveSmallIntegerField(null=True, verbose_name='小题号')),
                ('author_name', models.TextField(blank=True)),
                ('written_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('submitted_at', models.DateTimeField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('words', models.TextField(editable=False, help_text='what likeness is measured by')),
                ('digest', models.CharField(editable=False, help_text='the same says the same', max_length=64)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'returned', 'published', 'replaced', 'dropped'])), name='version_state_known'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['single', 'multiple', 'judge', 'blank', 'essay'])), name='version_kind_known'),
                    models.CheckConstraint(condition=models.Q(('difficulty__in', [1, 2, 3, 4, 5])), name='version_difficulty_known'),
                    models.CheckConstraint(condition=models.Q(('cognition__in', ['recall', 'understand', 'apply', 'analyse'])), name='version_cognition_known'),
                ],
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['words'], name='version_by_likeness', opclasses=['gin_trgm_ops']),
                    models.Index(fields=['digest'], name='version_by_digest'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Keyholder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='事由')),
                ('named_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('expert_name', models.TextField()),
                ('assigned_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('decision', models.TextField(choices=[('none', '未审'), ('agree', '同意'), ('object', '退回修改')], default='none')),
                ('reasons', models.JSONField(default=dict, help_text="by field; '' is the item as a whole")),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('decision__in', ['none', 'agree', 'object'])), name='opinion_decision_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decision', 'none')), models.Q(models.Q(('decision', 'none'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='opinion_decided_has_its_time'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decision', 'object'), _negated=True), models.Q(('reasons', {}), _negated=True), _connector='OR'), name='opinion_objects_with_reasons'),
                ],
                'indexes': [
                    models.Index(models.OrderBy(models.F('decided_at'), descending=True, nulls_last=True), name='opinion_by_time'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('same', models.BooleanField()),
                ('note', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='Picture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('alt', models.TextField(verbose_name='文字说明')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('alt', ''), _negated=True), name='picture_says_what_it_shows'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cause', models.TextField(choices=[('submitted', '作者提交'), ('flagged', '使用中发现疑点')])),
                ('reason', models.TextField(blank=True, help_text='why it was flagged')),
                ('facts', models.JSONField(default=dict, help_text='the figures behind it')),
                ('opened_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('outcome', models.TextField(choices=[('open', '审题中'), ('agreed', '通过'), ('objected', '不通过'), ('called_off', '已撤回')], default='open')),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('cause__in', ['submitted', 'flagged'])), name='review_cause_known'),
                    models.CheckConstraint(condition=models.Q(('outcome__in', ['open', 'agreed', 'objected', 'called_off'])), name='review_outcome_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('outcome', 'open')), models.Q(models.Q(('outcome', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='review_closed_has_its_time'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='item_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='item_once_in_a_set',
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='item_key_letters',
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='item_difficulty_one_to_five',
        ),
        migrations.AlterField(
            model_name='item',
            name='kind',
            field=models.TextField(null=True),
        ),
        migrations.AlterField(
            model_name='item',
            name='stem',
            field=models.TextField(null=True),
        ),
        migrations.AlterField(
            model_name='item',
            name='options',
            field=models.JSONField(null=True),
        ),
        migrations.AlterField(
            model_name='item',
            name='key',
            field=models.CharField(max_length=8, null=True),
        ),
        migrations.AlterField(
            model_name='item',
            name='stem_hash',
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddField(
            model_name='item',
            name='state',
            field=models.TextField(choices=[('draft', '未发布'), ('published', '已发布'), ('retired', '已停用')], default='draft', editable=False),
        ),
        migrations.AddField(
            model_name='questionset',
            name='sealed_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='questionset',
            name='sealed_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='questionset',
            name='unseal_asked_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='questionset',
            name='unseal_asked_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='questionset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sealed_at__isnull', True), ('sealed_by__isnull', True)), models.Q(('sealed_at__isnull', False), ('sealed_by__isnull', False)), _connector='OR'), name='question_set_sealed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='questionset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('unseal_asked_at__isnull', True), ('unseal_asked_by__isnull', True)), models.Q(('unseal_asked_at__isnull', False), ('unseal_asked_by__isnull', False)), _connector='OR'), name='question_set_unseal_asked_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='questionset',
            constraint=models.CheckConstraint(condition=models.Q(('unseal_asked_at__isnull', True), ('sealed_at__isnull', False), _connector='OR'), name='question_set_only_sealed_is_unsealed'),
        ),
        migrations.AddField(
            model_name='case',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='case',
            name='follows',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='questions.case'),
        ),
        migrations.AddField(
            model_name='case',
            name='question_set',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cases', to='questions.questionset'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='author',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='questions.case'),
        ),
        migrations.AddField(
            model_name='itemversion',
            name='item',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='questions.item'),
        ),
        migrations.AddField(
            model_name='item',
            name='current',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='in_force_of', to='questions.itemversion'),
        ),
        migrations.AddField(
            model_name='item',
            name='latest',
            field=models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='latest_of', to='questions.itemversion'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='item_state_known'),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'published'), _negated=True), ('current__isnull', False), _connector='OR'), name='item_published_has_a_version'),
        ),
        migrations.AddField(
            model_name='keyholder',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keyholder',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keyholder',
            name='named_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='keyholder',
            name='question_set',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keyholders', to='questions.questionset'),
        ),
        migrations.AddField(
            model_name='keyholder',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinion',
            name='assigned_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='opinion',
            name='expert',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pair',
            name='decided_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='pair',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='questions.item'),
        ),
        migrations.AddField(
            model_name='pair',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='questions.item'),
        ),
        migrations.AddField(
            model_name='picture',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='questions.case'),
        ),
        migrations.AddField(
            model_name='picture',
            name='file',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile'),
        ),
        migrations.AddField(
            model_name='picture',
            name='version',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='pictures', to='questions.itemversion'),
        ),
        migrations.AddField(
            model_name='review',
            name='opened_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='review',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='questions.itemversion'),
        ),
        migrations.AddField(
            model_name='opinion',
            name='review',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='questions.review'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.UniqueConstraint(fields=('item', 'number'), name='version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'in_review'))), fields=('item',), name='version_one_on_its_way'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('item',), name='version_one_in_force'),
        ),
        migrations.AddConstraint(
            model_name='itemversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', True), ('position__isnull', True)), models.Q(('case__isnull', False), ('position__isnull', False)), _connector='OR'), name='version_has_its_place_in_its_case'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='keyholder_confirmed_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='keyholder_ended_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('named_by')), _negated=True), _connector='OR'), name='keyholder_confirmed_by_another'),
        ),
        migrations.AddConstraint(
            model_name='keyholder',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('question_set', 'user'), name='keyholder_named_once'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='pair_decided_once'),
        ),
        migrations.AddConstraint(
            model_name='pair',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='pair_older_first'),
        ),
        migrations.AddConstraint(
            model_name='picture',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('version__isnull', True)), models.Q(('case__isnull', True), ('version__isnull', False)), _connector='OR'), name='picture_belongs_to_one'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('outcome', 'open')), fields=('version',), name='review_one_at_a_time'),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=models.Index(models.F('expert'), condition=models.Q(('decision', 'none')), name='opinion_awaited'),
        ),
        migrations.AddConstraint(
            model_name='opinion',
            constraint=models.UniqueConstraint(fields=('review', 'expert'), name='opinion_once_each'),
        ),
    ]
