"""The slips of a whole sitting, and what the bureau asks back about a plan.

Source: Measures, art. 20 (the plan is notified; nobody approves it).
"""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs

from zhupei.core import audit, files, longjobs
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import JobState, LongJob
from zhupei.exams import printing
from zhupei.exams.access import may_ask, may_plan, may_run
from zhupei.exams.actions import tellings
from zhupei.exams.events import PlanEvent, SittingEvent
from zhupei.exams.models import Plan, PlanQuestion, Sitting, SlipBatch
from zhupei.people.models import User

PRINT = "exams.print_slips"


@transaction.atomic
def ask_for_slips(sitting: Sitting, *, by: User) -> SlipBatch:
    """Have the slips of everybody made in one file; the page shows how far it is.

    Raises NotAllowed; Refused "not_notified" or "nobody_seated".
    """
    if not may_run(by, sitting):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能批量打印准考证。"))
    check_has_slips(sitting)
    count = sitting.candidates.count()
    if not count:
        raise Refused("nobody_seated", _("这场还没有考生，没有准考证可以打印。"))
    title = str(_("准考证：%(sitting)s")) % {"sitting": sitting}
    job = longjobs.ask(title, by=by, total=count, url=reverse("exams:papers", args=[sitting.pk]))
    batch = SlipBatch.objects.create(sitting=sitting, job=job)
    audit.record(SittingEvent.SLIPS_ASKED, sitting, by=by, count=count)
    jobs.configure_task(PRINT).defer(batch=batch.pk)
    return batch


def make_for_job(batch: SlipBatch) -> None:
    """Make what was asked for and tell the asker. Run a second time after it ended, it does
    nothing.
    """
    job = LongJob.objects.select_related("owner").get(pk=batch.job_id)
    if job.outcome in {JobState.DONE, JobState.FAILED}:
        return
    longjobs.advance(job, 0)
    try:
        with transaction.atomic():
            content = printing.batch(batch.sitting)
            name = f"准考证-{batch.sitting.number}.pdf"
            media_type = "application/pdf"
            batch.file = files.keep(content, name=name, media_type=media_type, by=job.owner)
            batch.save(update_fields=["file"])
            longjobs.finish(job, str(_("%(count)d 张准考证已生成")) % {"count": job.total})
    except Refused as refusal:
        with transaction.atomic():
            longjobs.fail(job, str(refusal))


def check_has_slips(sitting: Sitting) -> None:
    """Slips name time and place, so there are none before the plan was notified.

    Raises Refused "not_notified".
    """
    if sitting.number is None:
        raise Refused("not_notified", _("还没有告知考核计划。告知以后才有准考证。"))


@transaction.atomic
def ask(about: Sitting | Plan, *, by: User, text: str) -> PlanQuestion:
    """The bureau asks back about what it was told: one sitting, or a plan with all that is in it.
    The plan goes on meanwhile.

    Raises NotAllowed; Refused "text_missing".

    Source: Measures, art. 20.
    """
    about = type(about)._base_manager.select_for_update(of=("self",)).get(pk=about.pk)
    if not may_ask(by, about):
        raise NotAllowed("not_allowed", _("只有属地住建部门能就告知的考核计划提出询问。"))
    if not text.strip():
        raise Refused("text_missing", _("请写要问什么。"), field="text")
    said: dict[str, Any] = {"plan" if isinstance(about, Plan) else "sitting": about}
    asked = PlanQuestion.objects.create(text=text.strip(), asked_by=by, **said)
    audit.record(_events(about).ASKED, about, by=by, note=asked.text)
    tellings.plan_asked_about(about, asked.text)
    return asked


@transaction.atomic
def reply(question: PlanQuestion, *, by: User, text: str) -> PlanQuestion:
    """The body answers. Raises NotAllowed; Refused "text_missing" or "replied_already"."""
    row = PlanQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    about = row.subject
    if not may_plan(by, about.organization):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能答复。"))
    if not text.strip():
        raise Refused("text_missing", _("请写答复。"), field="text")
    if row.replied_at:
        raise Refused("replied_already", _("这个询问已经答复过。请刷新页面。"))
    row.reply, row.replied_by, row.replied_at = text.strip(), by, timezone.now()
    row.save(update_fields=["reply", "replied_by", "replied_at"])
    audit.record(_events(about).REPLIED, about, by=by, note=row.reply)
    tellings.plan_answered(row)
    return row


def _events(about: Sitting | Plan) -> type[SittingEvent | PlanEvent]:
    return PlanEvent if isinstance(about, Plan) else SittingEvent
