"""Keep when and for which kind of reason a certificate was revoked.

Why: the public page says both at once; the words of the issuer stay in the event record.
Locks: adding columns without a default takes ACCESS EXCLUSIVE for a moment; checks scan the table.
Reverse: drops the columns; the events still tell.
"""

from django.db import migrations, models
from django.db.models import Q

REASONS = ["mistake", "hours_untrue", "exam_breach", "holder_asked", "other"]


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_initial")]
    operations = [
        migrations.AddField(
            "certificate",
            "revoked_at",
            models.DateTimeField(editable=False, null=True, verbose_name="撤销时间"),
        ),
        migrations.AddField(
            "certificate",
            "revoked_for",
            models.TextField(
                choices=[
                    ("mistake", "发证有误"),
                    ("hours_untrue", "培训学时不实"),
                    ("exam_breach", "考核违规"),
                    ("holder_asked", "持证人申请注销"),
                    ("other", "其他原因"),
                ],
                editable=False,
                null=True,
                verbose_name="撤销原因",
            ),
        ),
        migrations.AddConstraint(
            "certificate",
            models.CheckConstraint(
                condition=Q(revoked_for__in=REASONS), name="certificate_reason_known"
            ),
        ),
        migrations.AddConstraint(
            "certificate",
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_for__isnull=True)
                | Q(revoked_at__isnull=False, revoked_for__isnull=False),
                name="certificate_revoked_when_and_why",
            ),
        ),
        migrations.AddConstraint(
            "certificate",
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(state="revoked"),
                name="certificate_valid_has_no_revocation",
            ),
        ),
    ]
