"""The tables of what sittings tell, and of leads.

Locks: none, the tables are new.
Reverse: drops them.
"""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exams', '0008_void_marks'),
        ('questions', '0004_item_says_nothing_itself'),
    ]

    operations = [
        migrations.CreateModel(
            name='SittingFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.PositiveIntegerField()),
                ('pairs', models.PositiveIntegerField(default=0)),
                ('marks', models.JSONField(help_text='how many marks lie in each ten of 0 to 100')),
                ('made_at', models.DateTimeField()),
                ('sitting', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='study', to='exams.sitting')),
            ],
            options={
                'verbose_name_plural': 'studies',
            },
        ),
        migrations.CreateModel(
            name='FormFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.PositiveIntegerField()),
                ('items', models.PositiveSmallIntegerField()),
                ('mean', models.FloatField()),
                ('deviation', models.FloatField()),
                ('alpha', models.FloatField(null=True)),
                ('kr20', models.FloatField(null=True)),
                ('sem', models.FloatField(null=True)),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='exams.paper')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='forms', to='analysis.sittingfigures')),
            ],
            options={
                'ordering': ['study', 'paper__number'],
            },
        ),
        migrations.CreateModel(
            name='Lead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('both', models.PositiveSmallIntegerField()),
                ('same', models.PositiveSmallIntegerField()),
                ('expected', models.FloatField()),
                ('chance', models.FloatField()),
                ('adjusted', models.FloatField()),
                ('distance', models.PositiveSmallIntegerField()),
                ('near', models.BooleanField()),
                ('evidence', models.JSONField()),
                ('state', models.TextField(choices=[('open', '待判断'), ('confirmed', '线索成立'), ('dismissed', '已排除')], default='open', editable=False)),
                ('note', models.TextField(blank=True)),
                ('judged_at', models.DateTimeField(null=True)),
                ('judged_by_name', models.TextField(null=True)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exams.candidate')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exams.candidate')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leads', to='analysis.sittingfigures')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'confirmed', 'dismissed'])), name='lead_state_known'), models.UniqueConstraint(models.F('study'), models.F('first'), models.F('second'), name='lead_once_a_pair'), models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('judged_by_name__isnull', True)), models.Q(('judged_at__isnull', False), ('judged_by_name__isnull', False)), _connector='OR'), name='lead_judged_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='ItemFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('people', models.PositiveIntegerField()),
                ('share', models.FloatField()),
                ('rest', models.FloatField(null=True)),
                ('contrast', models.FloatField()),
                ('options', models.JSONField(default=list)),
                ('doubts', models.JSONField(default=list)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='exams.paper')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='questions.itemversion')),
                ('study', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='analysis.sittingfigures')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('study'), models.F('paper'), models.F('place'), name='item_figures_once')],
            },
        ),
    ]
