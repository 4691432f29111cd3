"""Pairs of likely duplicates with their score, noted before anybody judges them; until when an
expert is to answer.

Locks: questions_opinion for a moment, while a column is added. Nothing was kept in the old table
of pairs, it is made anew.
Reverse: makes the old table of pairs again, empty, and drops the column.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OrderBy, Q


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('questions', '0004_item_says_nothing_itself'),
    ]

    operations = [
        migrations.AddField(
            model_name='opinion',
            name='due_at',
            field=models.DateTimeField(default=django.utils.timezone.now),
            preserve_default=False,
        ),
        migrations.DeleteModel(name='Pair'),
        migrations.CreateModel(
            name='Pair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.FloatField(help_text='0 nothing alike … 1 the same words')),
                ('found_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('verdict', models.TextField(choices=[('open', '待判断'), ('same', '是同一道'), ('different', '不是同一道')], default='open')),
                ('note', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs_after', to='questions.item')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pairs_before', to='questions.item')),
            ],
            options={
                'indexes': [models.Index(OrderBy(F('score'), descending=True), name='pair_by_score')],
                'constraints': [
                    models.UniqueConstraint(fields=['first', 'second'], name='pair_decided_once'),
                    models.CheckConstraint(condition=Q(first__lt=F('second')), name='pair_older_first'),
                    models.CheckConstraint(condition=Q(verdict__in=['open', 'same', 'different']), name='pair_verdict_known'),
                    models.CheckConstraint(condition=Q(decided_at__isnull=True, decided_by__isnull=True) | Q(decided_at__isnull=False, decided_by__isnull=False), name='pair_decided_by_somebody'),
                ],
            },
        ),
    ]
