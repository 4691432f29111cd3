"""The tables of pairings, of help to counties, and of its evidence.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('classes', '0004_waiting_ends_with_its_class'),
        ('core', '0005_delivery_and_wordings'),
        ('organizations', '0003_inspectors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assistance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(editable=False, max_length=20, null=True, unique=True, verbose_name='编号')),
                ('kind', models.TextField(choices=[('training', '培训帮扶'), ('base', '建立实训基地')], verbose_name='帮扶方式')),
                ('title', models.TextField(verbose_name='名称')),
                ('story', models.TextField(verbose_name='做了什么')),
                ('started_on', models.DateField(verbose_name='开始日期')),
                ('ended_on', models.DateField(verbose_name='完成日期')),
                ('typed', models.PositiveIntegerField(blank=True, null=True, verbose_name='培训人次')),
                ('stations', models.PositiveIntegerField(blank=True, null=True, verbose_name='工位数')),
                ('address', models.TextField(blank=True, verbose_name='基地地址')),
                ('person_times', models.PositiveIntegerField(editable=False, null=True, verbose_name='确认人次')),
                ('submitted_at', models.DateTimeField(editable=False, null=True)),
                ('due_at', models.DateTimeField(editable=False, null=True, verbose_name='确认期限')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True)),
                ('state', models.TextField(choices=[('draft', '草稿'), ('submitted', '待确认'), ('returned', '退回补充'), ('confirmed', '已确认'), ('revoked', '已撤销确认'), ('cancelled', '已取消')], default='draft', editable=False)),
                ('authority', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='确认部门')),
                ('confirmed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division', verbose_name='受援县市')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assistance', to='organizations.organization', verbose_name='培训机构')),
                ('training_class', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assistance', to='classes.trainingclass', verbose_name='对应的班级')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'returned', 'confirmed', 'revoked', 'cancelled'])), name='assistance_state_known'),
                    models.CheckConstraint(condition=models.Q(('kind__in', ['training', 'base'])), name='assistance_kind_known'),
                    models.CheckConstraint(condition=models.Q(('ended_on__gte', models.F('started_on'))), name='assistance_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.UniqueConstraint(models.F('training_class'), condition=models.Q(('state__in', ['cancelled', 'revoked']), _negated=True), name='assistance_class_once', violation_error_message='这个班级已经报过一次帮扶。'),
                    models.CheckConstraint(condition=models.Q(('kind', 'training'), models.Q(('training_class__isnull', True), ('typed__isnull', True)), _connector='OR'), name='assistance_people_only_of_training'),
                    models.CheckConstraint(condition=models.Q(('training_class__isnull', False), ('typed__isnull', False), _negated=True), name='assistance_counted_one_way'),
                    models.CheckConstraint(condition=models.Q(('number__isnull', False), ('state__in', ('draft', 'cancelled')), _connector='OR'), name='assistance_in_the_world_has_a_number'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('authority__isnull', False), ('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='assistance_confirmed_by_somebody'),
                ],
                'indexes': [
                    models.Index(fields=['organization', 'ended_on'], name='assistance_by_year'),
                    models.Index(fields=['county'], name='assistance_by_county'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AssistanceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assistance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='assistance.assistance')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [
                    models.UniqueConstraint(models.F('assistance'), models.F('file'), name='assistance_file_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Pairing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='开始日期')),
                ('until', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('ground', models.TextField(verbose_name='依据的文件或会议')),
                ('assigned_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('authority', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='指定部门')),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division', verbose_name='对口县市')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pairings', to='organizations.organization', verbose_name='培训机构')),
            ],
            options={
                'ordering': ['-since', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='pairing_ends_after_it_begins', violation_error_message='结束早于开始，请检查两个日期。'),
                    models.UniqueConstraint(models.F('organization'), models.F('county'), condition=models.Q(('until__isnull', True)), name='pairing_once'),
                ],
            },
        ),
    ]
