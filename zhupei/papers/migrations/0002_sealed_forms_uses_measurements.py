"""Forms at rest are sealed; how often items are used and what was measured of them is kept.

Nothing has made a form before this migration, so none is lost with the two columns.

Locks: papers_form for a moment; it is empty. The other tables are new.
Reverse: drops the tables and the sealed column, with the forms in it.
"""

import django.db.models.deletion
from django.db import migrations, models

import zhupei.core.crypto


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0001_initial'),
        ('questions', '0004_item_says_nothing_itself'),
    ]

    operations = [
        migrations.RemoveField(model_name='form', name='keys'),
        migrations.RemoveField(model_name='form', name='places'),
        migrations.AddField(
            model_name='form',
            name='sealed',
            field=zhupei.core.crypto.EncryptedTextField(default=''),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='Use',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('forms', models.PositiveSmallIntegerField()),
                ('assembly', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='papers.assembly')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uses', to='questions.itemversion')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(models.F('assembly'), models.F('version'), name='use_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Measurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('people', models.PositiveIntegerField()),
                ('share', models.FloatField()),
                ('rest', models.FloatField(null=True)),
                ('measured_at', models.DateTimeField()),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='measurement', to='questions.itemversion')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('share__gte', 0), ('share__lte', 1)), name='measurement_share_is_a_part'),
                    models.CheckConstraint(condition=models.Q(('rest__isnull', True), models.Q(('rest__gte', -1), ('rest__lte', 1)), _connector='OR'), name='measurement_rest_is_a_correlation'),
                ],
            },
        ),
    ]
