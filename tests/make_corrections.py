"""Builders of findings and of orders to put them right."""

from collections.abc import Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from tests import make_classes
from tests.make_pictures import photo
from zhupei.classes.models import TrainingClass
from zhupei.corrections.actions import answers, disputes, extensions, findings, orders, verifying
from zhupei.corrections.models import (
    AnswerFile,
    CorrectedLetter,
    Dispute,
    Extension,
    Finding,
    FindingFile,
    Order,
)
from zhupei.organizations.models import Organization
from zhupei.people.models import User

REASON = "灭火器 5 月刚检验，标签贴在背面，检查时没有翻看。"
WORDS = {
    "cause": "实训室管理员离职后没有人接手",
    "corrective": "3月10日更换灭火器 4 具，补齐检查记录",
    "preventive": "每月 1 日检查，由教务主任签字",
}


def finding(world: SimpleNamespace, **said: Any) -> Finding:
    """Li notes something at Aygul's school."""
    words = {
        "text": "实操场地灭火器过期",
        "law": "第十四条",
        "severity": "ordinary",
        "kind": "safety",
        "by": world.li,
    } | said
    organization = words.pop("organization", world.school)
    authority = words.pop("authority", world.bureau)
    return findings.find(organization, authority, **words)


def away(world: SimpleNamespace) -> None:
    """Aygul's school holds a class in the prefecture of the other bureau."""
    plan = make_classes.submitted_class(world)
    TrainingClass.objects.filter(pk=plan.pk).update(prefecture="653100")


def order(world: SimpleNamespace, *found: Finding, **said: Any) -> Order:
    """Li orders Aygul's school to put it right."""
    rows = found or (finding(world),)
    return orders.issue(rows, **({"by": world.li} | said))


def written(world: SimpleNamespace, row: Order, *, by: User | None = None) -> Order:
    """An order of which every pending finding is written about, with a photo each."""
    for one in row.findings.filter(state="ordered"):
        answers.save(row, one, by=by or world.aygul, words=WORDS, upload=photo("整改后.jpg"))
    return row


def answered(world: SimpleNamespace, row: Order | None = None) -> Order:
    """An order Aygul has answered."""
    return answers.submit(written(world, row or order(world)), by=world.aygul)


def verdicts(row: Order, back: Sequence[Finding] = ()) -> dict[int, tuple[str, str]]:
    """Everything accepted, but for those in ``back``."""
    keys = {one.pk for one in back}
    return {
        one.pk: ("returned", "照片看不清日期") if one.pk in keys else ("accepted", "")
        for one in row.findings.filter(state="ordered")
    }


def decision(row: Order, back: Sequence[Finding] = (), **said: Any) -> dict[str, Any]:
    """What somebody says who has just read the round that waits."""
    waiting = row.rounds.get(submitted_at__isnull=False, verified_at__isnull=True)
    look: verifying.Look = {"method": "papers", "visited_on": None, "note": "材料齐全"}
    return {
        "seen": verifying.mark_of(waiting),
        "look": look,
        "verdicts": verdicts(row, back),
    } | said


def verified(
    world: SimpleNamespace, row: Order, back: Sequence[Finding] = (), **said: Any
) -> Order:
    """Li has looked at the papers."""
    return verifying.verify(row, **({"by": world.li} | decision(row, back, **said)))


def wish(world: SimpleNamespace, row: Order, days: int = 30) -> Extension:
    """Aygul asks for more time."""
    until = timezone.localdate() + timedelta(days=days)
    return extensions.ask(row, by=world.aygul, until=until, reason="设备到货晚")


def disputed(world: SimpleNamespace, row: Order | None = None, **said: Any) -> Dispute:
    """Aygul says that the only finding of an order is no fault."""
    about = (row or order(world)).findings.first()
    assert about
    words = {"by": world.aygul, "reason": REASON, "uploads": [photo("检验标签.jpg")]} | said
    return disputes.dispute(about, **words)


def changed(row: Dispute, **said: Any) -> dict[str, Any]:
    """What the disputed finding says, but for what ``said`` changes."""
    return {name: getattr(row.finding, name) for name in disputes.CHANGEABLE} | said


def corrected(world: SimpleNamespace) -> CorrectedLetter:
    """Li changed a finding somebody disputed: the letter of its order was made anew."""
    row = disputed(world)
    disputes.change(row, by=world.li, note="三具已检验", said=changed(row, severity="minor"))
    return CorrectedLetter.objects.get(order=row.finding.order)


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """An order that is answered, and one that is being written about, with a wish for time."""
    bare = finding(world, severity="minor", uploads=[photo()])
    waiting = answered(world)
    half = written(world, order(world))
    raised, letter = disputed(world), corrected(world)
    return {
        "fault": bare,
        "fault_paper": bare.files.get(),
        "answered_order": waiting,
        "awaited_order": half,
        "awaited_fault": half.findings.get(),
        "answer_file": AnswerFile.objects.get(answer__round__order=half),
        "extension": wish(world, half),
        "corrected_order": letter.order,
        "dispute": raised,
        "disputed_fault": raised.finding,
        "dispute_file": raised.files.get(),
    }


def grow(others: list[Organization], wanted: int) -> None:
    """More findings, also of other institutions; more orders; more findings in one of them, each
    with an answer and papers.
    """
    from tests.make_many import every, many  # noqa: PLC0415 - it asks for this

    fault = every(Finding, state="open")[:1]
    many(fault, wanted)
    many(fault, wanted, organization=others)
    order = every(Order, state="answered")[0]
    finding, answer = order.findings.first(), order.rounds.get().answers.first()
    made = many([order], wanted)
    many([finding], wanted, order=made)
    more = many([finding], wanted)
    papers = every(FindingFile)[:1]
    many(papers, wanted, finding=more)
    many(papers, wanted, finding=fault[0], file=many([papers[0].file], wanted))
    said = many([answer], wanted, finding=more)
    many(every(AnswerFile, answer=answer)[:1], wanted, answer=said)


SITE_PEOPLE = {
    "corrections": "li",
    "corrections:move": "aygul",
    "corrections:answer": "aygul",
    "corrections:ask": "aygul",
    "corrections:dispute": "aygul",
    "corrections:file": "aygul",
    "corrections:remove": "aygul",
}
SITE_OBJECTS = {
    "corrections": {"pk": "fault", "finding": "fault"},
    "corrections:evidence": {"pk": "fault", "paper": "fault_paper"},
    "corrections:move-finding": {"pk": "fault", "name": "withdraw"},
    "corrections:order": {"pk": "answered_order"},
    "corrections:letter": {"pk": "answered_order"},
    "corrections:corrected-letter": {"pk": "corrected_order", "number": 1},
    "corrections:verify": {"pk": "answered_order"},
    "corrections:answer": {"pk": "awaited_order", "finding": "awaited_fault"},
    "corrections:ask": {"pk": "awaited_order"},
    "corrections:move": {"pk": "answered_order", "name": "recall"},
    "corrections:file": {"pk": "answer_file"},
    "corrections:remove": {"pk": "answer_file"},
    "corrections:dispute": {"pk": "disputed_fault"},
    "corrections:judge": {"pk": "dispute"},
    "corrections:dispute-file": {"pk": "dispute_file"},
    "corrections:answer-wish": {"pk": "extension", "name": "refuse"},
}
