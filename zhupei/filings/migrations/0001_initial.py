"""The first tables of filings.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0003_waiting_files_and_series'),
        ('organizations', '0001_initial'),
        ('syllabus', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name='编号')),
                ('address', models.TextField(verbose_name='办学地址')),
                ('valid_from', models.DateField(verbose_name='拟办班开始')),
                ('valid_until', models.DateField(verbose_name='拟办班结束')),
                ('learners', models.PositiveIntegerField(verbose_name='预计人数')),
                ('contact', models.TextField(verbose_name='现场负责人')),
                ('contact_phone', models.TextField(verbose_name='联系电话')),
                ('state', models.TextField(choices=[('draft', '草稿'), ('submitted', '待备案'), ('returned', '退回补正'), ('filed', '已备案'), ('revoked', '已撤销'), ('cancelled', '已取消')], default='draft', editable=False)),
                ('submitted_at', models.DateTimeField(editable=False, null=True)),
                ('due_at', models.DateTimeField(editable=False, null=True, verbose_name='办理时限')),
                ('decided_at', models.DateTimeField(editable=False, null=True)),
                ('division', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division', verbose_name='办学县市')),
                ('jobs', models.ManyToManyField(related_name='+', to='syllabus.job', verbose_name='职业（工种）')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division', verbose_name='办学地州市')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'filed', 'revoked', 'cancelled'])), name='filing_state_known'),
                    models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='filing_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.CheckConstraint(condition=models.Q(('learners__gt', 0)), name='filing_for_somebody'),
                    models.CheckConstraint(condition=models.Q(('number__isnull', False), ('state__in', ['draft', 'cancelled']), _connector='OR'), name='filing_in_the_world_has_a_number'),
                ],
                'indexes': [
                    models.Index(fields=['organization', 'prefecture'], name='filing_by_place'),
                    models.Index(models.F('due_at'), condition=models.Q(('state', 'submitted')), name='filing_awaiting'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FilingDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('filing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='filings.filing')),
            ],
        ),
    ]
