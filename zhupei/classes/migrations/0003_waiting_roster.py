"""Add the place where a roster waits between its dry run and its import.

Why: people confirm what they saw without sending the file again; its numbers lie sealed meanwhile.
Locks: none, the table is new.
Reverse: drops the table; rosters that wait have to be sent again.
"""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import zhupei.core.crypto


class Migration(migrations.Migration):
    dependencies = [
        ("classes", "0002_class_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="WaitingRoster",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.TextField()),
                ("sealed", zhupei.core.crypto.EncryptedTextField(editable=False)),
                (
                    "sent_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("imported_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "training_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="classes.trainingclass",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["sent_at"], name="waiting_roster_by_age")],
            },
        ),
    ]
