"""Institutions registered before there was a standing are in good standing.

Locks: none.
Reverse: nothing, the standing goes with its table.
"""

from django.db import migrations


def admit(apps, schema_editor):
    organization = apps.get_model("organizations", "Organization")
    admission = apps.get_model("institutions", "Admission")
    admission.objects.bulk_create(
        admission(organization=found, state="active")
        for found in organization.objects.filter(kind="institution", admission__isnull=True)
    )


class Migration(migrations.Migration):
    dependencies = [("institutions", "0002_whole_file")]

    operations = [migrations.RunPython(admit, migrations.RunPython.noop)]
