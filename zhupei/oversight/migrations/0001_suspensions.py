"""Suspensions: who stopped an institution, why, and on what evidence it went on.

Locks: none, the table is new.
Reverse: drops the table.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0003_waiting_files_and_series"),
        ("organizations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordered_by_name", models.TextField(verbose_name="承办人")),
                ("ordered_at", models.DateTimeField(verbose_name="暂停时间")),
                ("reason", models.TextField(verbose_name="理由")),
                ("law", models.TextField(verbose_name="依据")),
                (
                    "certificates_from",
                    models.DateField(null=True, verbose_name="标记此日起签发的证书"),
                ),
                ("touched", models.JSONField(default=dict)),
                ("lifted_at", models.DateTimeField(null=True, verbose_name="恢复时间")),
                ("lifted_by_name", models.TextField(null=True, verbose_name="恢复承办人")),
                ("lift_reason", models.TextField(blank=True, verbose_name="恢复理由")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organizations.organization",
                        verbose_name="决定机关",
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="凭据",
                    ),
                ),
                (
                    "lift_evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                        verbose_name="整改凭据",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="organizations.organization",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-ordered_at"], name="suspension_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("organization"),
                        condition=models.Q(("lifted_at__isnull", True)),
                        name="suspension_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at__isnull", True), ("lifted_by_name__isnull", True)),
                            models.Q(
                                ("lifted_at__isnull", False), ("lifted_by_name__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="suspension_lifted_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lift_evidence__isnull", True), ("lifted_at__isnull", True)),
                            models.Q(
                                ("lift_evidence__isnull", False), ("lifted_at__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="suspension_lifted_on_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lifted_at__gte", models.F("ordered_at"))),
                        name="suspension_lifted_after_it_began",
                        violation_error_message="结束早于开始，请检查两个日期。",
                    ),
                ],
            },
        ),
    ]
