"""What waits in the question bank: for experts to read, for authors to mend, for the region."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.papers.models import Release
from zhupei.portal.todo.line import Kind, Lines, Now, counted, rows
from zhupei.questions.models import (
    Cause,
    Item,
    ItemState,
    ItemVersion,
    Keyholder,
    Likeness,
    Opinion,
    Pair,
    QuestionSet,
    Review,
    VersionState,
)

# fmt: off
KINDS = {
    "opinion": Kind("clipboard-check", _("审题"), _("试题 %(item)s 第 %(number)s 版"),
                    "%(title)s", _("作者"), "questions:opinion", _("去审"), workdays=True),
    "flagged": Kind("flag", _("再审"), _("试题 %(item)s"), "%(reason)s",
                    _("考核机构"), "questions:opinion", _("去审"), workdays=True),
    "returned": Kind("arrow-back-up", _("退回修改"), _("试题 %(item)s 第 %(number)s 版"),
                     "%(title)s", _("专家"), "questions:item", _("看意见")),
    "faulty": Kind("alert-triangle", _("有疑点"), _("试题 %(item)s 暂停抽用"), "%(title)s",
                   _("考核机构"), "questions:item", _("改或停用")),
    "unasked": Kind("hourglass", _("等再审"), _("试题 %(item)s 暂停抽用"),
                    _("能审的专家不足两人，增补后请专家再审"), _("考核机构"), "questions:item",
                    _("请专家")),
    "unread": Kind("hourglass", _("审题逾期"), _("%(n)s 份审题意见过了时限"),
                   _("可以改派别的专家"), _("作者"), "questions:queue", _("查看"), args=()),
    "alike": Kind("copy", _("疑似重复"), _("%(n)s 对试题很像"),
                  _("在各题库的“疑似重复”里判断"), _("题库"), "questions:index", _("去题库"),
                  args=()),
    "named": Kind("key", _("具名查看"), "%(person)s", "%(title)s", "%(person)s",
                  "questions:detail", _("确认")),
    "release": Kind("lock-open", _("封存题库放行"), "%(title)s", "%(reason)s",
                    _("题库管理员"), "papers:detail", _("确认")),
    "unseal": Kind("lock-open", _("申请启封"), "%(title)s", _("要第二个人确认"),
                   _("题库管理员"), "questions:detail", _("确认")),
}
# fmt: on


def to_read(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """Items an expert was asked about; those flagged while in use say why."""
    own = Opinion.objects.visible_to(user).awaited().filter(expert=user)
    version = F("review__version__item"), F("review__version__number")
    title = F("review__version__item__question_set__title")
    facts = {"item": version[0], "number": version[1], "title": title}
    submitted = own.filter(review__cause=Cause.SUBMITTED)
    yield rows("opinion", submitted, facts, "due_at", due="due_at")
    facts = {"item": version[0], "reason": F("review__reason")}
    yield rows("flagged", own.filter(review__cause=Cause.FLAGGED), facts, "due_at", due="due_at")


def to_mend(user: Any, now: Now) -> Iterator[Lines]:  # noqa: ARG001 - as all of them
    """One's own versions that were sent back and stand as the latest of their item."""
    own = ItemVersion.objects.visible_to(user).filter(
        author=user, state=VersionState.RETURNED, latest_of__isnull=False
    )
    facts = {"item": F("item"), "number": F("number"), "title": F("item__question_set__title")}
    yield rows("returned", own.exclude(item__state=ItemState.RETIRED), facts, key="item")


def of_the_region(user: Any, now: Now) -> Iterator[Lines]:
    """Items found at fault or held back, opinions overdue, likely duplicates; what needs two."""
    faulty = Item.objects.visible_to(user).faulty()
    yield rows("faulty", faulty, {"item": F("pk"), "title": F("question_set__title")})
    unasked = Review.objects.visible_to(user).open().filter(holds_back=True, opinions=None)
    yield rows("unasked", unasked, {"item": F("version__item")}, key="version__item")
    late = Opinion.objects.visible_to(user).awaited().filter(due_at__lt=now.moment)
    yield counted("unread", late, user)
    pairs = Pair.objects.visible_to(user).standing().filter(verdict=Likeness.OPEN)
    yield counted("alike", pairs, user)
    named = Keyholder.objects.visible_to(user).open().filter(confirmed_at__isnull=True)
    named = named.exclude(named_by=user).exclude(user=user)
    facts = {"person": F("user__name"), "title": F("question_set__title")}
    yield rows("named", named, facts, key="question_set")
    let = Release.objects.visible_to(user).waiting_for(user, timezone.localdate(now.moment))
    facts = {"title": F("question_set__title"), "reason": F("reason")}
    yield rows("release", let, facts, key="blueprint")
    asked = QuestionSet.objects.visible_to(user).filter(unseal_asked_at__isnull=False)
    yield rows("unseal", asked.exclude(unseal_asked_by=user), {"title": F("title")})
