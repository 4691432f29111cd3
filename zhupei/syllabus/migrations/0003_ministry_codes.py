"""Move the ministry's codes to where codes of others stand, each with its source and its day.

Locks: none that block writers.
Reverse: takes the codes back into the column they came from.
"""

from datetime import date

from django.db import migrations

SYSTEM = {
    'key': 'mohurd-posts',
    'name': '部编岗位代码',
    'issuer': '住房和城乡建设部',
    'source': '建办人函〔2019〕384号附件（正文未见）',
    'confidence': 'second_hand',
    'note': '编码表公布后由自治区住建厅录入。',
}


def move(apps, editor):
    Job = apps.get_model('syllabus', 'Job')
    coded = Job.objects.exclude(ministry_code='')
    if not coded.exists():
        return
    system, _ = apps.get_model('syllabus', 'CodeSystem').objects.get_or_create(
        key=SYSTEM['key'], defaults=SYSTEM
    )
    apps.get_model('syllabus', 'JobCode').objects.bulk_create(
        apps.get_model('syllabus', 'JobCode')(
            job=job,
            system=system,
            code=job.ministry_code,
            source=SYSTEM['source'],
            confidence=SYSTEM['confidence'],
            valid_from=date(2020, 1, 1),
        )
        for job in coded
    )


def take_back(apps, editor):
    codes = apps.get_model('syllabus', 'JobCode').objects.filter(system__key=SYSTEM['key'])
    for code in codes.select_related('job'):
        code.job.ministry_code = code.code
        code.job.save(update_fields=['ministry_code'])
    codes.delete()


class Migration(migrations.Migration):

    dependencies = [
        ('syllabus', '0002_levels_topics_codes_books'),
    ]

    operations = [
        migrations.RunPython(move, take_back),
    ]
