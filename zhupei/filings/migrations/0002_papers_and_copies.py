"""Name the kind of each paper; keep who got a copy of a filing, and who opened it.

Locks: filings_filingdocument for an instant (a column with a constant default, a check of few
rows); the other tables are new.
Reverse: drops them; who got copies is then only in the record of deeds.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('filings', '0001_initial'),
        ('organizations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('filing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copies', to='filings.filing')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization')),
            ],
            options={
                'verbose_name_plural': 'copies',
                'indexes': [models.Index(fields=['organization', '-sent_at'], name='copy_by_body')],
                'constraints': [models.UniqueConstraint(models.F('filing'), models.F('organization'), name='filing_copied_once_to_a_body')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='filings.copy')),
                ('reader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('copy'), models.F('reader'), name='copy_read_once_by_a_person')],
            },
        ),
        migrations.AddField(
            model_name='filingdocument',
            name='kind',
            field=models.TextField(choices=[('licence', '办学许可证复印件'), ('premises', '场地租赁或使用证明'), ('other', '其他材料')], default='other', verbose_name='类别'),
        ),
        migrations.AddConstraint(
            model_name='filingdocument',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['licence', 'premises', 'other'])), name='filing_document_kind_known'),
        ),
    ]
