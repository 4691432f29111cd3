"""The first tables of certificates.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
import zhupei.certificates.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('exams', '0001_initial'),
        ('organizations', '0001_initial'),
        ('people', '0001_initial'),
        ('syllabus', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='证书编号')),
                ('national_number', models.TextField(null=True, unique=True, verbose_name='国家编号')),
                ('check_code', models.CharField(default=zhupei.certificates.models.check_code, editable=False, max_length=20, unique=True)),
                ('name', models.TextField(help_text='as it was when issued', verbose_name='姓名')),
                ('trained_from', models.DateField()),
                ('trained_until', models.DateField()),
                ('hours', models.PositiveSmallIntegerField(verbose_name='学时')),
                ('issued_on', models.DateField(verbose_name='发证日期')),
                ('state', models.TextField(choices=[('valid', '有效'), ('revoked', '已撤销')], default='valid', editable=False)),
                ('attempt', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='certificate', to='exams.attempt')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('institution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='培训机构')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='syllabus.job')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='organizations.organization', verbose_name='发证单位')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='people.person')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
            ],
            options={
                'indexes': [models.Index(models.F('person'), name='certificate_by_person'), models.Index(fields=['organization', '-issued_on'], name='certificate_by_issuer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['valid', 'revoked'])), name='certificate_state_known')],
            },
        ),
    ]
