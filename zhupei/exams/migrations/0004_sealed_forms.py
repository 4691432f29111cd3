"""A sitting has several forms, and nothing of a form is stored in plain any more.

The one paper of each sitting so far becomes its form A, sealed as zhupei/exams/sealing.py does
(its words are repeated here, because a migration stands on its own).

Locks: ACCESS EXCLUSIVE on exams_paper and exams_sitting for a moment; both are small.
Reverse: refused; what was sealed is opened by the program, not by a migration.
"""

import base64
import hashlib
import json
import os

import django.db.models.deletion
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import migrations, models


def _seal(purpose, value):
    secret = os.environ.get("ZHUPEI_EXAM_KEY")
    if not secret and os.environ.get("ZHUPEI_PRODUCTION") == "1":
        raise RuntimeError("ZHUPEI_EXAM_KEY is missing: 32 random bytes in base64")
    key = base64.b64decode(secret) if secret else hashlib.sha256(b"ZHUPEI_EXAM_KEY").digest()
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    nonce = os.urandom(12)
    derived = HKDF(SHA256(), 32, b"zhupei exams", purpose.encode()).derive(key)
    return nonce + AESGCM(derived).encrypt(nonce, text.encode(), None)


def seal_papers(apps, schema_editor):
    Paper = apps.get_model("exams", "Paper")
    for paper in Paper.objects.iterator(chunk_size=100):
        points = {str(place): "1" for place in range(len(paper.items))}
        shown = {"places": paper.items, "points": points, "shuffle": True}
        paper.sealed = _seal(f"form/{paper.sitting_id}/1", shown)
        marking = {
            "keys": paper.keys,
            "kinds": [item["kind"] for item in paper.items],
            "points": points,
        }
        paper.sealed_keys = _seal(f"keys/{paper.sitting_id}/1", marking)
        paper.sealed_sha256 = hashlib.sha256(paper.sealed).hexdigest()
        paper.place_count = len(paper.items)
        paper.save()


class Migration(migrations.Migration):
    dependencies = [("exams", "0003_invigilators")]

    operations = [
        migrations.AlterField(
            "paper",
            "sitting",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="papers",
                to="exams.sitting",
            ),
        ),
        migrations.AddField(
            "paper",
            "number",
            models.PositiveSmallIntegerField(default=1, help_text="1, 2, … within the sitting"),
            preserve_default=False,
        ),
        migrations.AddField(
            "paper", "label", models.CharField(max_length=4, default="A"), preserve_default=False
        ),
        migrations.AddField(
            "paper",
            "place_count",
            models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            "paper", "sealed", models.BinaryField(default=b""), preserve_default=False
        ),
        migrations.AddField(
            "paper", "sealed_keys", models.BinaryField(default=b""), preserve_default=False
        ),
        migrations.AddField("paper", "sealed_sha256", models.CharField(max_length=64, null=True)),
        migrations.RunPython(seal_papers),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", ""),
        migrations.AlterField(
            "paper", "sealed_sha256", models.CharField(max_length=64, unique=True)
        ),
        migrations.RemoveField("paper", "items"),
        migrations.RemoveField("paper", "keys"),
        migrations.AlterField(
            "paper",
            "seed",
            models.TextField(help_text="recorded, so that the choice of items can be repeated"),
        ),
        migrations.AlterModelOptions("paper", {"ordering": ["sitting", "number"]}),
        migrations.AddConstraint(
            "paper",
            models.UniqueConstraint(
                models.F("sitting"), models.F("number"), name="paper_number_once"
            ),
        ),
        migrations.AddField(
            "sitting",
            "forms",
            models.PositiveSmallIntegerField(default=2, verbose_name="平行卷份数"),
        ),
        migrations.AddConstraint(
            "sitting",
            models.CheckConstraint(
                condition=models.Q(("forms__range", (1, 8))),
                name="sitting_forms_sensible",
                violation_error_message="平行卷应在 1 到 8 份之间。",
            ),
        ),
    ]
