"""An attempt is made for every candidate when the sitting is sealed; starting only sets its time.

Candidates of sealed sittings who have not begun get theirs here. What came too late is kept in a
table of its own.

Locks: ACCESS EXCLUSIVE on exams_attempt and exams_sitting while the columns are added; run it
when no sitting is going on.
Reverse: refused; attempts that were not begun have no place in the table before.
"""

import django.db.models.deletion
from django.db import migrations, models

FILL = """
    UPDATE exams_attempt a
       SET label = p.name || ' #' || c.seat, paper_id = x.id,
           account_id = (SELECT id FROM people_user WHERE person_id = p.id),
           account_name = p.name
      FROM exams_candidate c, people_person p, exams_paper x
     WHERE c.id = a.candidate_id AND p.id = c.person_id AND x.sitting_id = a.sitting_id;
    UPDATE exams_sitting SET grace_seconds = 30
     WHERE state IN ('sealed', 'closed', 'released');
    INSERT INTO exams_attempt (candidate_id, sitting_id, paper_id, label, account_id,
                               account_name, seed, closes_at, handed_in_by_clock, extra_minutes, notice)
    SELECT c.id, s.id, x.id, p.name || ' #' || c.seat,
           (SELECT id FROM people_user WHERE person_id = p.id), p.name,
           substr(md5(random()::text || c.id), 1, 16),
           s.starts_at + s.minutes * interval '1 minute' + interval '30 seconds', false, 0, 0
      FROM exams_candidate c
      JOIN exams_sitting s ON s.id = c.sitting_id AND s.state IN ('sealed', 'closed', 'released')
      JOIN exams_paper x ON x.sitting_id = s.id
      JOIN people_person p ON p.id = c.person_id
     WHERE NOT EXISTS (SELECT FROM exams_attempt a WHERE a.candidate_id = c.id);
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("exams", "0004_sealed_forms")]

    operations = [
        migrations.AddField(
            "sitting", "grace_seconds", models.PositiveSmallIntegerField(default=0, editable=False)
        ),
        migrations.AddField(
            "sitting", "needs_admission", models.BooleanField(default=False, editable=False)
        ),
        migrations.AddField(
            "attempt",
            "paper",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="exams.paper",
            ),
        ),
        migrations.AddField("attempt", "label", models.TextField(default=""), False),
        migrations.AddField("attempt", "account_id", models.BigIntegerField(null=True)),
        migrations.AddField("attempt", "account_name", models.TextField(default=""), False),
        migrations.AddField("attempt", "admitted_at", models.DateTimeField(null=True)),
        migrations.AddField("attempt", "paused_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "attempt", "extra_minutes", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField("attempt", "notice", models.PositiveIntegerField(default=0)),
        migrations.AlterField("attempt", "started_at", models.DateTimeField(null=True)),
        migrations.RunSQL(FILL, ""),
        migrations.AlterField(
            "attempt",
            "paper",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="attempts",
                to="exams.paper",
            ),
        ),
        migrations.RemoveIndex("attempt", "attempt_open_by_deadline"),
        migrations.AddIndex(
            "attempt",
            models.Index(
                models.F("closes_at"),
                condition=models.Q(("handed_in_at__isnull", True), ("started_at__isnull", False)),
                name="attempt_open_by_deadline",
            ),
        ),
        migrations.AddConstraint(
            "attempt",
            models.CheckConstraint(
                condition=models.Q(
                    ("handed_in_at__isnull", True),
                    ("started_at__isnull", False),
                    _connector="OR",
                ),
                name="attempt_begun_before_hand_in",
            ),
        ),
        migrations.AddConstraint(
            "attempt",
            models.CheckConstraint(
                condition=models.Q(
                    ("paused_at__isnull", True),
                    ("handed_in_at__isnull", True),
                    _connector="OR",
                ),
                name="attempt_paused_only_while_open",
            ),
        ),
        migrations.AlterField(
            "answer",
            "choice",
            models.TextField(help_text="as questions/rules.py writes an answer of its kind"),
        ),
        migrations.CreateModel(
            "LateAnswer",
            [
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "attempt_id",
                        "item",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("attempt_id", models.BigIntegerField()),
                ("item", models.SmallIntegerField(help_text="place in the sealed paper, from 0")),
                (
                    "choice",
                    models.TextField(help_text="as questions/rules.py writes an answer of its kind"),
                ),
                ("turn", models.BigIntegerField()),
                ("arrived_at", models.DateTimeField()),
                ("counts", models.BooleanField(help_text="None until it was decided", null=True)),
            ],
        ),
    ]
