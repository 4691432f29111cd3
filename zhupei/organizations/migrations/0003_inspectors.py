"""Let people be inspectors, and let officials declare from whom they must stay away.

Locks: swaps the check of one column of a small table; a new table.
Reverse: drops what was declared; fails while somebody is an inspector.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0002_roles_of_the_exam'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField(choices=[('employed', '曾任职或兼职'), ('owner', '出资或持股'), ('relative', '近亲属在该单位'), ('other', '其他可能影响公正的关系')], verbose_name='关系')),
                ('since', models.DateField(verbose_name='开始日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='结束日期')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['employed', 'owner', 'relative', 'other'])), name='interest_kind_known'),
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='interest_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='membership',
            name='membership_role_known',
        ),
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.TextField(choices=[('regulator', '厅管理员'), ('reviewer', '审核员'), ('registrar', '教务员'), ('teacher', '教师'), ('examiner', '考务员'), ('invigilator', '监考员'), ('assessor', '考评员'), ('expert', '题库专家'), ('inspector', '检查员')]),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['regulator', 'reviewer', 'registrar', 'teacher', 'examiner', 'invigilator', 'assessor', 'expert', 'inspector'])), name='membership_role_known'),
        ),
        migrations.AddField(
            model_name='interest',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='单位'),
        ),
        migrations.AddField(
            model_name='interest',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interests', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='interest',
            constraint=models.UniqueConstraint(models.F('user'), models.F('organization'), models.F('kind'), name='interest_once'),
        ),
    ]
