"""Let a place in line end with its class.

Why: whoever waits for a class that is called off or over must hear of it, and wait no longer.
Locks: swaps the check of one column; brief.
Reverse: puts the old check back; fails while a line has ended that way.
"""

from django.db import migrations, models

STATES = {
    "waiting": "候补中",
    "offered": "有名额，待本人确认",
    "taken": "已递补",
    "lapsed": "未在时限内确认",
    "left": "已退出候补",
    "ended": "班级停办或结班",
}


class Migration(migrations.Migration):
    dependencies = [("classes", "0003_document_of_a_unit")]

    operations = [
        migrations.RemoveConstraint(model_name="waiting", name="waiting_state_known"),
        migrations.AlterField(
            model_name="waiting",
            name="state",
            field=models.TextField(
                choices=list(STATES.items()), default="waiting", editable=False
            ),
        ),
        migrations.AddConstraint(
            model_name="waiting",
            constraint=models.CheckConstraint(
                condition=models.Q(state__in=list(STATES)), name="waiting_state_known"
            ),
        ),
    ]
