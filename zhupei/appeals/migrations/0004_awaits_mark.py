"""A review may be answered while people have still to judge what the answer let in.

Why: the term of the appeal begins when the new mark is known, not before it is there. Of what was
answered before, the answer begins it.
Locks: ACCESS EXCLUSIVE on appeals_reviewrequest for an instant; the new column has a constant default.
Reverse: drops the column.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("appeals", "0003_practical_exams")]

    operations = [
        migrations.AddField("reviewrequest", "awaits_mark", models.BooleanField(default=False)),
    ]
