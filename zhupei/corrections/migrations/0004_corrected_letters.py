"""Letters of orders made anew when a finding changed.

Why: an institution kept a letter that said something else than the order did.
Locks: none, the table is new.
Reverse: drops it; the letters lie in storage, the orders stay as they are.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0006_uploads_of_strangers'),
        ('corrections', '0003_time_to_act'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CorrectedLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('reason', models.TextField(verbose_name='更正原因')),
                ('made_at', models.DateTimeField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrected_letters', to='corrections.order')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(models.F('order'), models.F('number'), name='corrected_letter_number_once'), models.CheckConstraint(condition=models.Q(('number__gt', 0)), name='corrected_letter_counted_from_one'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='corrected_letter_says_why')],
            },
        ),
    ]
