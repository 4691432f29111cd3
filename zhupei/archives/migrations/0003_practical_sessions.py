"""A package may be of a practical session.

Locks: ACCESS EXCLUSIVE on archives_package for a moment; its rows are read once for the new check.
Reverse: the check as it was; fails where a session has a package.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('archives', '0002_recordings')]

    operations = [
        migrations.AlterField(
            model_name='package',
            name='subject',
            field=models.TextField(choices=[('class', '一班一档'), ('sitting', '一场一档'), ('session', '一场一档（实操）')]),
        ),
        migrations.RemoveConstraint(model_name='package', name='package_subject_known'),
        migrations.AddConstraint(
            model_name='package',
            constraint=models.CheckConstraint(condition=models.Q(('subject__in', ['class', 'sitting', 'session'])), name='package_subject_known'),
        ),
    ]
