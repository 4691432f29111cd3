"""The first tables of organizations.

Locks: none, the tables are new.
Reverse: drops them.
"""

import datetime
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Division',
            fields=[
                ('code', models.CharField(max_length=6, primary_key=True, serialize=False, verbose_name='代码')),
                ('name', models.TextField(verbose_name='名称')),
                ('short_name', models.TextField(verbose_name='简称')),
                ('level', models.TextField(choices=[('region', '自治区'), ('prefecture', '地州市'), ('county', '县市区')])),
                ('valid_from', models.DateField(default=datetime.date(2000, 1, 1))),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organizations.division')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('level__in', ['region', 'prefecture', 'county'])), name='division_level_known'),
                    models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='division_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(unique=True, verbose_name='名称')),
                ('short_name', models.TextField(blank=True, verbose_name='简称')),
                ('kind', models.TextField(choices=[('region_authority', '自治区住建厅'), ('prefecture_authority', '地州市住建局'), ('county_authority', '县市住建局'), ('hr', '人社部门'), ('education', '教育部门'), ('association', '协会'), ('institution', '培训机构'), ('assessment_body', '考核机构')])),
                ('uscc', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('complaint_phone', models.TextField(blank=True, verbose_name='投诉电话')),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
                ('prefecture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['region_authority', 'prefecture_authority', 'county_authority', 'hr', 'education', 'association', 'institution', 'assessment_body'])), name='organization_kind_known'),
                    models.UniqueConstraint(models.F('uscc'), condition=models.Q(('uscc', ''), _negated=True), name='organization_uscc_once', violation_error_message='这个统一社会信用代码已经登记过。'),
                    models.CheckConstraint(condition=models.Q(('prefecture__isnull', False), models.Q(('kind__in', ['prefecture_authority', 'county_authority', 'institution']), _negated=True), _connector='OR'), name='organization_has_a_prefecture'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.TextField(choices=[('regulator', '厅管理员'), ('reviewer', '审核员'), ('registrar', '教务员'), ('teacher', '教师'), ('examiner', '考务员')])),
                ('since', models.DateField()),
                ('until', models.DateField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='organizations.organization')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('user'), models.F('organization'), models.F('role'), name='membership_once'),
                    models.CheckConstraint(condition=models.Q(('role__in', ['regulator', 'reviewer', 'registrar', 'teacher', 'examiner'])), name='membership_role_known'),
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='membership_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                ],
            },
        ),
    ]
