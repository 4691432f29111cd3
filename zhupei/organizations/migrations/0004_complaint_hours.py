"""Say at which hours a bureau takes complaints.

Locks: ACCESS EXCLUSIVE on organizations_organization for a moment; a constant default rewrites nothing.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0003_inspectors")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="complaint_hours",
            field=models.TextField(blank=True, default="", verbose_name="投诉受理时间"),
            preserve_default=False,
        ),
    ]
