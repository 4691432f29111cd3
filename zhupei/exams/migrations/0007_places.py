"""Seats of candidates are places in the room; a sitting may hold several rooms.

Locks: ACCESS EXCLUSIVE on exams_candidate for a moment (a column without default, a constraint on
nothing but NULLs).
Reverse: drops both.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('classes', '0004_waiting_ends_with_its_class'),
        ('exams', '0006_blueprints'),
        ('institutions', '0005_numbers_and_papers'),
        ('people', '0004_people_by_name'),
        ('venues', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='candidate',
            name='place',
            field=models.ForeignKey(help_text='none in sittings from before there were seat maps', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='candidacies', to='venues.seat'),
        ),
        migrations.AddField(
            model_name='sitting',
            name='more_rooms',
            field=models.ManyToManyField(blank=True, related_name='+', to='institutions.room', verbose_name='另外的考场'),
        ),
        migrations.AlterField(
            model_name='candidate',
            name='seat',
            field=models.PositiveSmallIntegerField(help_text='the number on the desk; with 2000, 3000 … in further rooms', verbose_name='座位'),
        ),
        migrations.AddConstraint(
            model_name='candidate',
            constraint=models.UniqueConstraint(models.F('sitting'), models.F('place'), name='candidate_place_once'),
        ),
    ]
