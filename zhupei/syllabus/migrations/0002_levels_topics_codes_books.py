"""Levels, topics below units, what may be learnt online, codes of others, textbooks.

Locks: syllabus_job, syllabus_syllabus and syllabus_unit for a moment, while columns are added and
their few rows are checked; the other tables are new.
Reverse: drops the new tables and columns, and what they hold.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0001_initial'),
        ('organizations', '0001_initial'),
        ('syllabus', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeSystem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True, verbose_name='标识')),
                ('name', models.TextField(unique=True, verbose_name='名称')),
                ('issuer', models.TextField(verbose_name='编制单位')),
                ('source', models.TextField(verbose_name='来源')),
                ('confidence', models.TextField(choices=[('official', '官方文件'), ('second_hand', '二手资料，待核对'), ('own', '本平台自拟')], verbose_name='可信程度')),
                ('note', models.TextField(blank=True, verbose_name='说明')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('confidence__in', ['official', 'second_hand', 'own'])), name='code_system_confidence_known'),
                ],
            },
        ),
        migrations.CreateModel(
            name='JobCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.TextField(verbose_name='编码')),
                ('source', models.TextField(verbose_name='来源')),
                ('confidence', models.TextField(choices=[('official', '官方文件'), ('second_hand', '二手资料，待核对'), ('own', '本平台自拟')], verbose_name='可信程度')),
                ('valid_from', models.DateField(verbose_name='起用日期')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='停用日期')),
            ],
            options={
                'ordering': ['system', 'valid_from', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('confidence__in', ['official', 'second_hand', 'own'])), name='job_code_confidence_known'),
                    models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='job_code_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Textbook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('isbn', models.CharField(max_length=13, unique=True, verbose_name='ISBN')),
                ('title', models.TextField(verbose_name='书名')),
                ('authors', models.TextField(blank=True, verbose_name='主编')),
                ('publisher', models.TextField(verbose_name='出版社')),
                ('edition', models.TextField(verbose_name='版次')),
                ('year', models.PositiveSmallIntegerField(verbose_name='出版年份')),
                ('state', models.TextField(choices=[('proposed', '待认定'), ('approved', '已认定'), ('retired', '不再使用')], default='proposed', editable=False)),
            ],
            options={
                'ordering': ['title', '-year', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'approved', 'retired'])), name='textbook_state_known'),
                    models.CheckConstraint(condition=models.Q(('isbn__regex', '^97[89]\\d{10}$')), name='textbook_isbn_shape'),
                    models.CheckConstraint(condition=models.Q(('year__range', (1949, 2100))), name='textbook_year_sensible', violation_error_message='出版年份应是四位数的年份，例如 2024。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('depth', models.PositiveSmallIntegerField()),
                ('position', models.PositiveSmallIntegerField()),
                ('title', models.TextField(verbose_name='知识点')),
                ('requirement', models.TextField(choices=[('know', '了解'), ('understand', '熟悉'), ('master', '掌握')], verbose_name='要求')),
            ],
            options={
                'ordering': ['unit', 'position'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('requirement__in', ['know', 'understand', 'master'])), name='topic_requirement_known'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='job',
            name='job_category_known',
        ),
        migrations.RemoveConstraint(
            model_name='syllabus',
            name='syllabus_version_once',
        ),
        migrations.RemoveConstraint(
            model_name='unit',
            name='unit_position_once',
        ),
        migrations.AddField(
            model_name='job',
            name='offered',
            field=models.BooleanField(default=True, verbose_name='可以开班'),
        ),
        migrations.AddField(
            model_name='syllabus',
            name='level',
            field=models.TextField(blank=True, choices=[('0', '普工'), ('apprentice', '学徒工'), ('5', '五级（初级工）'), ('4', '四级（中级工）'), ('3', '三级（高级工）'), ('2', '二级（技师）'), ('1', '一级（高级技师）'), ('special', '特级技师'), ('chief', '首席技师')], default='', verbose_name='等级'),
        ),
        migrations.AddField(
            model_name='syllabus',
            name='mark',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='unit',
            name='online_hours',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='可线上学时'),
        ),
        migrations.AlterField(
            model_name='job',
            name='category',
            field=models.TextField(choices=[('site_post', '施工现场专业人员'), ('trade', '技能工人'), ('municipal', '市政公用'), ('continuing', '继续教育')], verbose_name='类别'),
        ),
        migrations.AlterField(
            model_name='syllabus',
            name='job',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='syllabi', to='syllabus.job', verbose_name='岗位或工种'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('category__in', ['site_post', 'trade', 'municipal', 'continuing'])), name='job_category_known'),
        ),
        migrations.AddConstraint(
            model_name='syllabus',
            constraint=models.UniqueConstraint(models.F('job'), models.F('level'), models.F('version'), name='syllabus_version_once'),
        ),
        migrations.AddConstraint(
            model_name='syllabus',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ['', '0', 'apprentice', '5', '4', '3', '2', '1', 'special', 'chief'])), name='syllabus_level_known'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('syllabus', 'position'), name='unit_position_once'),
        ),
        migrations.AddConstraint(
            model_name='unit',
            constraint=models.CheckConstraint(condition=models.Q(('online_hours__lte', models.F('theory_hours'))), name='unit_online_within_theory'),
        ),
        migrations.AddField(
            model_name='jobcode',
            name='job',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='syllabus.job'),
        ),
        migrations.AddField(
            model_name='jobcode',
            name='system',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='syllabus.codesystem', verbose_name='编码体系'),
        ),
        migrations.AddField(
            model_name='textbook',
            name='jobs',
            field=models.ManyToManyField(related_name='textbooks', to='syllabus.job', verbose_name='适用岗位工种'),
        ),
        migrations.AddField(
            model_name='textbook',
            name='proposed_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='推荐单位'),
        ),
        migrations.AddField(
            model_name='topic',
            name='parent',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='children', to='syllabus.topic'),
        ),
        migrations.AddField(
            model_name='topic',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='syllabus.unit'),
        ),
        migrations.AddConstraint(
            model_name='jobcode',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('job', '='), ('system', '='), ('code', '='), (models.Func('valid_from', 'valid_until', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True), function='DATERANGE', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='job_code_once_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('unit', 'position'), name='topic_position_once'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('depth', 1), ('parent__isnull', True)), models.Q(('depth__range', (2, 3)), ('parent__isnull', False)), _connector='OR'), name='topic_at_most_three_deep'),
        ),
    ]
