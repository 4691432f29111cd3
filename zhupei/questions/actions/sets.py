"""Beginning a question set, publishing and retiring it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.questions.access import may_keep, may_see_items
from zhupei.questions.events import QuestionEvent
from zhupei.questions.models import ItemState, QuestionSet
from zhupei.questions.workflow import QUESTION_SET
from zhupei.syllabus.models import Job


@transaction.atomic
def start(job: Job, *, by: User, title: str) -> QuestionSet:
    """Begin an empty set. Raises NotAllowed; Refused "title_taken"."""
    question_set = QuestionSet(job=job, title=title)
    if not may_keep(by, question_set):
        raise _not_the_keeper()
    if QuestionSet.objects.filter(job=job, title=title).exists():
        raise Refused("title_taken", _("这个岗位已有同名题库。请换一个名称。"), field="title")
    question_set.save()
    audit.record(QuestionEvent.SET_STARTED, question_set, by=by)
    return question_set


def _not_the_keeper() -> NotAllowed:
    return NotAllowed("not_allowed", _("题库由自治区住建厅统一管理（依据：第二十一条）。"))


@transaction.atomic
def publish(question_set: QuestionSet, *, by: User, note: str = "") -> QuestionSet:
    """Let assessment bodies draw from a set. Raises Refused "no_items"."""
    row = QUESTION_SET.move(question_set, "publish", by=by, note=note)
    if not row.items.filter(state=ItemState.PUBLISHED).exists():
        raise Refused("no_items", _("题库里还没有审过的题。请先编写或导入，由两位专家审过再发布。"))
    return row


@transaction.atomic
def retire(question_set: QuestionSet, *, by: User, note: str = "") -> QuestionSet:
    """Take a set out of use for new papers."""
    return QUESTION_SET.move(question_set, "retire", by=by, note=note)


@transaction.atomic
def look(question_set: QuestionSet, *, by: User) -> None:
    """Somebody is about to see items with their keys: that is an event. Raises NotAllowed."""
    if not may_see_items(by, question_set):
        raise NotAllowed("not_allowed", _("试题和答案只有题库管理员能看。"))
    audit.record(QuestionEvent.ITEMS_VIEWED, question_set, by=by)
