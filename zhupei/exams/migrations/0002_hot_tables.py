"""Leave room in the pages of the hot tables, so that a changed answer is updated in place.

Locks: SHARE UPDATE EXCLUSIVE for a moment; writers go on.
Reverse: the default fillfactor again.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("exams", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE exams_answer SET (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);"
            "ALTER TABLE exams_attempt SET (fillfactor = 60);",
            "ALTER TABLE exams_answer RESET (fillfactor, autovacuum_vacuum_scale_factor);"
            "ALTER TABLE exams_attempt RESET (fillfactor);",
        )
    ]
