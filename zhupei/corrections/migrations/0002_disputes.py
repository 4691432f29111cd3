"""What institutions have against findings, and the papers that show it.

Why: an institution could only say so in its answer, where nobody had to decide on it.
Locks: none, the tables are new.
Reverse: drops them; findings changed or taken back stay so.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_uploads_of_strangers'),
        ('corrections', '0001_findings_and_orders'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField(verbose_name='异议理由')),
                ('raised_at', models.DateTimeField()),
                ('answer_due_at', models.DateTimeField()),
                ('note', models.TextField(blank=True, verbose_name='答复理由')),
                ('was', models.JSONField(editable=False, null=True)),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('state', models.TextField(choices=[('raised', '待答复'), ('upheld', '维持原认定'), ('changed', '更改认定'), ('conceded', '异议成立，已撤回')], default='raised', editable=False)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='dispute', to='corrections.finding')),
                ('raised_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DisputeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='corrections.dispute')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddIndex(
            model_name='dispute',
            index=models.Index(models.F('answer_due_at'), condition=models.Q(('state', 'raised')), name='dispute_waiting'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['raised', 'upheld', 'changed', 'conceded'])), name='dispute_state_known'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='dispute_answered_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'raised'), ('answered_at__isnull', False), _connector='OR'), name='dispute_answered_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='dispute_says_why'),
        ),
    ]
