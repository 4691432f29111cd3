"""Let strangers send large files: nobody owns them until a form takes them.

Locks: ACCESS EXCLUSIVE on core_upload for a moment; the table holds what is on its way only.
Reverse: makes the owner required again; uploads of strangers must be gone (they are after three days).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_delivery_and_wordings"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="upload",
            name="owner",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
