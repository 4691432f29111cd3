"""What inspectors do on a check list, deed by deed, so that it can be filled in without network.

Locks: ACCESS EXCLUSIVE on inspections_picture for a moment, for a column that may be null.
Reverse: drops table and column; what was complete stays in the answers.
"""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inspections', '0004_why_a_plan_grew'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Deed',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ('about', models.CharField(blank=True, max_length=40)),
                ('value', models.TextField(blank=True)),
                ('phone', models.CharField(max_length=40)),
                ('phone_at', models.DateTimeField()),
                ('at', models.DateTimeField()),
                ('clock_error', models.IntegerField(help_text='seconds the phone was ahead')),
                ('received_at', models.DateTimeField()),
                ('kind', models.TextField(choices=[('verdict', '结论'), ('severity', '轻重'), ('note', '事实'), ('photo', '照片'), ('visited', '检查日期'), ('outcome', '检查结果'), ('remark', '检查情况'), ('hand_in', '提交')])),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deeds', to='inspections.inspection')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['at', 'id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='picture',
            name='deed',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='picture', to='inspections.deed'),
        ),
        migrations.AddConstraint(
            model_name='deed',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['verdict', 'severity', 'note', 'photo', 'visited', 'outcome', 'remark', 'hand_in'])), name='inspection_deed_kind_known'),
        ),
    ]
