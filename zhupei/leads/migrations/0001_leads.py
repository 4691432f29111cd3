"""Leads on stand-ins, and the bodies and prefectures each is about.

Locks: none; new tables.
Reverse: drops them, with what people judged.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organizations', '0003_inspectors'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.TextField(choices=[('two_places', '同一人在两处'), ('identity', '身份核验未通过'), ('one_device', '一部手机替多人签到'), ('burst', '扎堆签到'), ('roll_call', '抽点名不符'), ('no_trace', '全勤而无其他记录')], verbose_name='规则')),
                ('key', models.CharField(max_length=100)),
                ('title', models.TextField(verbose_name='线索')),
                ('happened_on', models.DateField(verbose_name='发生日期')),
                ('evidence', models.JSONField()),
                ('figures', models.JSONField()),
                ('found_at', models.DateTimeField()),
                ('state', models.TextField(choices=[('open', '待判断'), ('confirmed', '线索成立'), ('dismissed', '已排除')], default='open', editable=False)),
                ('note', models.TextField(blank=True, verbose_name='理由')),
                ('judged_at', models.DateTimeField(null=True)),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads', to='organizations.organization')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('rule__in', ['two_places', 'identity', 'one_device', 'burst', 'roll_call', 'no_trace'])), name='leads_rule_known'),
                    models.CheckConstraint(condition=models.Q(('state__in', ['open', 'confirmed', 'dismissed'])), name='leads_state_known'),
                    models.UniqueConstraint(models.F('rule'), models.F('key'), name='leads_once_for_the_same_facts'),
                    models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('judged_by__isnull', True)), models.Q(('judged_at__isnull', False), ('judged_by__isnull', False)), _connector='OR'), name='leads_judged_by_somebody'),
                ],
                'indexes': [
                    models.Index(models.F('found_at'), condition=models.Q(('state', 'open')), name='leads_open'),
                    models.Index(fields=['organization', 'state'], name='leads_by_body'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LeadPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='leads.lead')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
                ('prefecture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.division')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('lead'), models.F('organization'), models.F('prefecture'), name='lead_place_once'),
                ],
                'indexes': [
                    models.Index(fields=['prefecture', 'lead'], name='lead_place_by_prefecture'),
                ],
            },
        ),
    ]
