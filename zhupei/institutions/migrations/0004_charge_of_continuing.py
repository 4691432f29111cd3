"""Somebody may be in charge of continuing education, a category of training of its own.

Locks: institutions_staffmember for a moment, while its few rows are checked.
Reverse: as it was; fails when somebody has that charge.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0003_standing_of_those_there'),
        ('syllabus', '0002_levels_topics_codes_books'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='staffmember',
            name='staff_charge_known',
        ),
        migrations.AlterField(
            model_name='staffmember',
            name='charge',
            field=models.TextField(blank=True, choices=[('site_post', '施工现场专业人员'), ('trade', '技能工人'), ('municipal', '市政公用'), ('continuing', '继续教育')], verbose_name='负责的培训类别'),
        ),
        migrations.AddConstraint(
            model_name='staffmember',
            constraint=models.CheckConstraint(condition=models.Q(('charge__in', ['', 'site_post', 'trade', 'municipal', 'continuing'])), name='staff_charge_known'),
        ),
    ]
