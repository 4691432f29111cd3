"""The tables of marking: markers, written answers, their readings.

Locks: none, the tables are new.
Reverse: drops them.
"""


import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('exams', '0008_void_marks'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Script',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=8, verbose_name='密号')),
                ('share_over', models.PositiveIntegerField(null=True)),
                ('share_under', models.PositiveIntegerField(null=True)),
                ('state', models.TextField(choices=[('open', '评阅中'), ('disputed', '仲裁中'), ('settled', '已定分')], default='open', editable=False)),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scripts', to='exams.attempt')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scripts', to='exams.sitting')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state__in', ['open', 'disputed', 'settled'])), name='script_state_known'),
                    models.UniqueConstraint(models.F('attempt'), models.F('place'), name='script_once_an_answer'),
                    models.UniqueConstraint(models.F('sitting'), models.F('code'), name='script_code_once_in_a_sitting'),
                    models.CheckConstraint(condition=models.Q(models.Q(('share_over__isnull', True), ('share_under__isnull', True)), models.Q(('share_over__lte', models.F('share_under')), ('share_under__gt', 0)), _connector='OR'), name='script_share_is_a_part'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'settled'), _negated=True), ('share_under__isnull', False), _connector='OR'), name='script_settled_has_a_share'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveSmallIntegerField()),
                ('points', models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name='得分')),
                ('lines', models.JSONField(default=list)),
                ('note', models.TextField(blank=True, verbose_name='评语')),
                ('given_at', models.DateTimeField(null=True)),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to=settings.AUTH_USER_MODEL)),
                ('script', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='marking.script')),
            ],
            options={
                'ordering': ['script', 'turn'],
                'constraints': [
                    models.UniqueConstraint(models.F('script'), models.F('reader'), name='reading_once_a_reader'),
                    models.UniqueConstraint(models.F('script'), models.F('turn'), name='reading_once_a_turn'),
                    models.CheckConstraint(condition=models.Q(('turn__range', (1, 3))), name='reading_turn_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('given_at__isnull', True), ('points__isnull', True)), models.Q(('given_at__isnull', False), ('points__gte', 0)), _connector='OR'), name='reading_points_and_time_together'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Marker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sitting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='markers', to='exams.sitting')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks_for', to=settings.AUTH_USER_MODEL, verbose_name='考评员')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('sitting'), models.F('user'), name='marker_once_in_a_sitting')],
            },
        ),
    ]
