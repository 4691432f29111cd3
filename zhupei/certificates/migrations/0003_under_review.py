"""Keep since when and why a certificate is under review; it stays valid meanwhile.

Why: while an institution is suspended, whoever checks one of its certificates is told.
Locks: adding columns without a default takes ACCESS EXCLUSIVE for a moment; the check scans the
table; the index is small, it holds only certificates under review.
Reverse: drops the columns; the events still tell.
"""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("certificates", "0002_revocation")]
    operations = [
        migrations.AddField(
            "certificate",
            "review_since",
            models.DateTimeField(editable=False, null=True, verbose_name="复核开始"),
        ),
        migrations.AddField(
            "certificate",
            "review_reason",
            models.TextField(editable=False, null=True, verbose_name="复核原因"),
        ),
        migrations.AddConstraint(
            "certificate",
            models.CheckConstraint(
                condition=Q(review_since__isnull=True, review_reason__isnull=True)
                | Q(review_since__isnull=False, review_reason__isnull=False),
                name="certificate_reviewed_when_and_why",
            ),
        ),
        migrations.AddIndex(
            "certificate",
            models.Index(
                "institution",
                condition=Q(review_since__isnull=False),
                name="certificate_under_review",
            ),
        ),
    ]
