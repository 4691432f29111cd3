"""Letting somebody in can be undone; it stays on record with the reason.

Locks: ACCESS EXCLUSIVE on invigilation_checkin for a moment: columns without a rewrite, two checks
over rows that hold NULLs there, the partial index built anew (one row a candidate).
Reverse: drops the columns; fails where somebody was let in again after an undone entry.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('invigilation', '0001_the_exam_room'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='checkin',
            name='undone_at',
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='checkin',
            name='undone_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='checkin',
            name='undone_why',
            field=models.TextField(blank=True, default='', editable=False, verbose_name='撤销的原因'),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name='checkin', name='check_in_once'),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.UniqueConstraint(models.F('candidate'), condition=models.Q(('undone_at__isnull', True), ('verdict', 'admitted')), name='check_in_once'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='check_in_undone_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='checkin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_why', '')), models.Q(('undone_at__isnull', False), ('verdict', 'admitted'), models.Q(('undone_why', ''), _negated=True)), _connector='OR'), name='check_in_undone_for_a_reason'),
        ),
    ]
