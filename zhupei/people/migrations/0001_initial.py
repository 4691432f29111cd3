"""The first tables of people.

Locks: none, the tables are new.
Reverse: drops them.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import zhupei.core.crypto
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.TextField(verbose_name='姓名')),
                ('id_number', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('id_index', models.CharField(max_length=64, unique=True)),
                ('id_last_four', models.CharField(max_length=4)),
                ('birth_date', models.DateField()),
                ('phone', zhupei.core.crypto.EncryptedTextField(editable=True)),
                ('phone_index', models.CharField(max_length=64, unique=True)),
                ('registered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=150, unique=True, verbose_name='账号')),
                ('name', models.TextField(verbose_name='姓名')),
                ('is_active', models.BooleanField(default=True)),
                ('joined_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='account', to='people.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PhoneCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('phone_index', models.CharField(max_length=64)),
                ('code_hash', models.CharField(max_length=64)),
                ('sent_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('used_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['phone_index', '-sent_at'], name='phone_code_by_phone')],
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.TextField(choices=[('training', '为参加本班培训处理姓名、证件号码和手机号'), ('exam', '为参加考核处理成绩与作答记录'), ('certificate_check', '允许公众凭证书编号查验（姓名隐去）')])),
                ('wording_version', models.TextField()),
                ('given_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['training', 'exam', 'certificate_check'])), name='consent_purpose_known'), models.UniqueConstraint(models.F('person'), models.F('purpose'), condition=models.Q(('withdrawn_at__isnull', True)), name='consent_once_at_a_time')],
            },
        ),
    ]
