"""The road from the author to two experts: asking, answering, and what follows."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.questions import contents, rules, words
from zhupei.questions.access import keeps, may_judge
from zhupei.questions.actions import groups
from zhupei.questions.actions.turns import Turns, barred, experts, openers
from zhupei.questions.events import ReviewEvent
from zhupei.questions.models import (
    Cause,
    Decision,
    ItemState,
    ItemVersion,
    Opinion,
    Outcome,
    QuestionSet,
    Review,
    VersionState,
)
from zhupei.questions.rules import READERS, Verdict
from zhupei.questions.workflow import VERSION


@transaction.atomic
def submit(
    version: ItemVersion, *, by: User, note: str = "", turns: Turns | None = None
) -> ItemVersion:
    """Hand a draft to two experts in turn; from here on it is frozen.

    Raises NotAllowed; Refused "wrong_state", "too_few_experts", or of a fault in it.
    """
    item = version.item
    row = VERSION.move(version, "submit", by=by, note=note, within=item, number=version.number)
    content = contents.of(row)
    for fault in [*contents.faults(content), *contents.unfinished(content, item.question_set.job)]:
        raise Refused(fault.code, words.FAULTS[fault.code], field=fault.part)
    row.submitted_at = timezone.now()
    row.save(update_fields=["submitted_at"])
    review = Review.objects.create(version=row, cause=Cause.SUBMITTED, opened_by=by)
    ask(review, turns or Turns(item.question_set))
    return row


@transaction.atomic
def submit_all(question_set: QuestionSet, *, by: User) -> tuple[int, int]:
    """Hand in every draft of one's own in a set but those without the point a syllabus asks for;
    return how many were handed in and how many were left. Raises what ``submit`` does.
    """
    turns = Turns(question_set)
    own = ItemVersion.objects.filter(
        item__question_set=question_set, author=by, state=VersionState.DRAFT
    ).exclude(item__state=ItemState.RETIRED)
    drafts = list(own.select_related("item__question_set", "case").order_by("pk"))
    points = contents.points_of(question_set.job)
    ready = [version for version in drafts if version.point or not points]
    for version in ready:
        submit(version, by=by, turns=turns)
    return len(ready), len(drafts) - len(ready)


def ask(review: Review, turns: Turns, wanted: int = READERS) -> list[Opinion]:
    """Put the version before the experts whose turn it is.

    Raises Refused "too_few_experts" where fewer than ``wanted`` may read it.
    """
    chosen = turns.next(barred(review), wanted)
    if len(chosen) < wanted:
        raise Refused(
            "too_few_experts",
            gettext_lazy(
                "能审这道题的专家不足 %(wanted)d 人（作者不能审自己的题）。"
                "请联系题库管理员，由协会增补专家。"
            ),
            wanted=wanted,
        )
    return [_asked(review, expert, turns) for expert in chosen]


def _asked(review: Review, expert: User, turns: Turns, by: User | None = None) -> Opinion:
    version = review.version
    opinion = Opinion.objects.create(
        review=review,
        expert=expert,
        expert_name=str(expert),
        assigned_by=by,
        due_at=turns.due_at,
    )
    if by is None:
        audit.record(
            ReviewEvent.EXPERT_ASKED,
            version,
            by=None,
            within=version.item,
            number=version.number,
            expert=str(expert),
        )
    return opinion


@transaction.atomic
def withdraw(version: ItemVersion, *, by: User, note: str = "") -> ItemVersion:
    """Take a version back before anybody has said anything. Raises Refused "already_read"."""
    review = version.reviews.open().select_for_update().first()
    row = VERSION.move(
        version, "withdraw", by=by, note=note, within=version.item, number=version.number
    )
    read = review is None or review.opinions.exclude(decision=Decision.NONE).exists()
    if review is None or read:  # without an open round two have agreed: it waits for its case
        raise Refused(
            "already_read", gettext_lazy("已有专家表态，不能撤回。请等审完，再按意见修改。")
        )
    close(review, Outcome.CALLED_OFF)
    return row


@transaction.atomic
def replace(opinion: Opinion, expert: User, *, by: User) -> Opinion:
    """Ask another expert instead of one who has not answered.

    Raises NotAllowed; Refused "review_closed", "already_decided", "not_an_expert", "barred".
    """
    review, row = _locked(opinion)
    version = review.version
    if not keeps(by, version.item):
        raise NotAllowed("not_allowed", gettext_lazy("改派审题专家由题库管理员办理。"))
    _still_open(review, row)
    if expert not in experts(version.item.question_set):
        raise Refused(
            "not_an_expert", gettext_lazy("这个人现在不能审这个题库的题。"), field="expert"
        )
    if expert.pk in barred(review):
        raise Refused("barred", gettext_lazy("作者和已请过的专家不能再审这一版。"), field="expert")
    before = row.expert_name
    row.delete()
    asked = _asked(review, expert, Turns(version.item.question_set), by)
    audit.record(
        ReviewEvent.EXPERT_RELIEVED,
        version,
        by=by,
        within=version.item,
        number=version.number,
        before=before,
        expert=str(expert),
    )
    return asked


def _locked(opinion: Opinion) -> tuple[Review, Opinion]:
    """The round first: two experts who decide at once come one after the other."""
    review = (
        Review.objects.select_for_update(of=("self",))
        .select_related("version__item__question_set", "version__case")
        .get(pk=opinion.review_id)
    )
    return review, Opinion.objects.select_related("expert").get(pk=opinion.pk)


def _still_open(review: Review, opinion: Opinion) -> None:
    if review.outcome != Outcome.OPEN:
        raise Refused("review_closed", gettext_lazy("这一轮审题已经结束。请刷新页面。"))
    if opinion.decision != Decision.NONE:
        raise Refused("already_decided", gettext_lazy("已经表过态，不能改。"))


@transaction.atomic
def decide(
    opinion: Opinion,
    *,
    by: User,
    decision: str,
    reasons: Mapping[str, str] | None = None,
    read: str | None = None,
) -> Opinion:
    """Say what one thinks of a version, with reasons by part (``""`` is the item as a whole).

    ``read`` is the figure of the doubt that was on the page, where there was one.

    Raises NotAllowed; Refused "review_closed", "already_decided", "decision_unknown",
    "reasons_missing" (when sending it back), "part_unknown", "reason_changed".
    """
    review, row = _locked(opinion)
    row.review = review
    if not may_judge(by, row):
        raise NotAllowed("not_allowed", gettext_lazy("只有请到的专家本人能审。"))
    _still_open(review, row)
    if read is not None and read != figure_of(review):
        raise Refused(
            "reason_changed",
            gettext_lazy("您打开页面以后，疑点有了补充。请看过现在的疑点，再提交一次。"),
        )
    given = {part: text.strip() for part, text in (reasons or {}).items() if text.strip()}
    _check_decision(decision, given)
    row.decision, row.reasons, row.decided_at = decision, given, timezone.now()
    row.save()
    version = review.version
    event = ReviewEvent.AGREED if decision == Decision.AGREE else ReviewEvent.OBJECTED
    audit.record(
        event,
        version,
        by=by,
        within=version.item,
        number=version.number,
        note=said(given),
        reasons=given,
    )
    _settle(review, by)
    return row


def figure_of(review: Review) -> str:
    """What an expert is asked about, in short: it changes when a doubt is added."""
    return hashlib.sha256(review.reason.encode()).hexdigest()[:16]


def _check_decision(decision: str, given: Mapping[str, str]) -> None:
    if decision not in {Decision.AGREE, Decision.OBJECT}:
        raise Refused(
            "decision_unknown", gettext_lazy("请选“同意”或“退回修改”。"), field="decision"
        )
    if decision == Decision.OBJECT and not given:
        raise Refused(
            "reasons_missing", gettext_lazy("退回要写明哪里有问题、怎么改。"), field="reason_whole"
        )
    if not set(given) <= {"", *words.PARTS}:
        raise Refused("part_unknown", gettext_lazy("不认识的部分。请刷新页面再填。"))
    if any(rules.UNPRINTABLE.search(text) for text in given.values()):
        raise Refused("unprintable", words.FAULTS["unprintable"], field="reason_whole")


def said(reasons: Mapping[str, str]) -> str:
    """Reasons in one text, part by part."""
    return "\n".join(
        f"{words.PARTS[part]}：{text}" if part else text for part, text in reasons.items()
    )


def _settle(review: Review, by: User) -> None:
    """Draw the consequence of what has been said so far."""
    given = list(review.opinions.values_list("decision", flat=True))
    agreed, objected = given.count(Decision.AGREE), given.count(Decision.OBJECT)
    split = agreed == objected == 1
    turns = Turns(review.version.item.question_set) if split else None
    third = turns.next(barred(review), 1) if turns else []
    verdict = rules.verdict(agreed, objected, third=bool(third))
    if verdict == Verdict.THIRD and turns:
        if Decision.NONE not in given:
            _asked(review, third[0], turns)
    elif verdict == Verdict.AGREED:
        _agreed(review, by)
    elif verdict == Verdict.OBJECTED and Decision.NONE not in given:
        _objected(review, by)


def _agreed(review: Review, by: User) -> None:
    version = review.version
    said: dict[str, Any] = {"by": None, "within": version.item, "number": version.number}
    if review.cause == Cause.FLAGGED:
        audit.record(ReviewEvent.KEPT, version, **said)
    elif version.case is not None and groups.waits(version.case):
        audit.record(ReviewEvent.WAITS, version, **said)
        close(review, Outcome.AGREED)
        groups.come_together(version.case, by=by)
        return
    else:
        groups.publish(version, by)
    close(review, Outcome.AGREED)


def _objected(review: Review, by: User) -> None:
    version, item = review.version, review.version.item
    if review.cause == Cause.FLAGGED:
        audit.record(ReviewEvent.FOUND_FAULTY, version, by=None, within=item, number=version.number)
        title = _("%(item)s 经专家再审需要修改，已暂停抽用")
        told = {*openers(item.question_set), *([version.author] if version.author else [])}
    else:
        VERSION.move(version, "return", by=by, within=item, number=version.number)
        title = _("%(item)s 被退回修改")
        told = {version.author} if version.author else set()
    close(review, Outcome.OBJECTED)
    url = reverse("questions:item", args=[item.pk])
    messages.tell(told, title % {"item": item}, url=url)


def close(review: Review, outcome: str) -> None:
    """End the round, however it came out."""
    review.outcome, review.closed_at = outcome, timezone.now()
    review.save(update_fields=["outcome", "closed_at"])
