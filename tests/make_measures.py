"""Builders of measures, matters handed over, and the articles they rest on."""

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from zhupei.organizations.models import Organization
from zhupei.oversight.actions import decisions, handovers, measures, reports
from zhupei.oversight.models import (
    Handover,
    HandoverPaper,
    HandoverReport,
    LegalBasis,
    Measure,
    MeasurePaper,
)

AFTER_THE_TERM = timedelta(days=20)


def paper(name: str = "笔录.pdf") -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.7 " + name.encode(), name)


def basis(**said: Any) -> LegalBasis:
    """Article 23 of the Measures, a normative document."""
    said = {
        "title": "职业培训管理办法",
        "article": "第二十三条",
        "rank": "normative",
        "matter": "扰乱培训管理秩序、侵害参训学员利益",
        "penalty": "",
        "competent": "housing",
        "valid_from": date(2025, 1, 1),
    } | said
    key = {name: said.pop(name) for name in ("title", "article", "valid_from")}
    return LegalBasis.objects.get_or_create(**key, defaults=said)[0]


def law(**said: Any) -> LegalBasis:
    """An article of a law that provides for a penalty."""
    said = {
        "title": "民办教育促进法",
        "article": "第六十二条",
        "rank": "law",
        "matter": "伪造培训证书。",
        "penalty": "责令限期改正，并予以警告。",
        "competent": "hr",
        "valid_from": date(2017, 9, 1),
    } | said
    return basis(**said)


def measure(world: SimpleNamespace, kind: str = "correct", **said: Any) -> Measure:
    """Li writes up what Aygul's school did."""
    said = {
        "by": world.li,
        "kind": kind,
        "facts": "3月5日现场检查，实训课由无证人员代课，有照片和签到表。",
        "basis": basis(),
        "uploads": [paper("现场照片.pdf")],
    } | said
    return measures.draft(said.pop("organization", world.school), **said)


def noticed(world: SimpleNamespace, kind: str = "correct", **said: Any) -> Measure:
    """The school was told and may speak."""
    return measures.notify(measure(world, kind, **said), by=world.li)


def stated(world: SimpleNamespace, kind: str = "correct", **said: Any) -> Measure:
    """The school has spoken; perhaps it wants a hearing."""
    found = noticed(world, kind)
    said = {"statement": "代课老师有证，当天没有带。", "uploads": [paper("证书.pdf")]} | said
    said = {"waive": not said.get("hearing", False)} | said
    return measures.state(found, by=world.aygul, **said)


def decided(world: SimpleNamespace, kind: str = "correct", **said: Any) -> Measure:
    """Zhou, who did not write it up, decides; Gu, when it is for the region."""
    terms: dict[str, Any] = {"weighed": "证书已核，属实；签到表不实没有辩解。"}
    if kind in {"talk", "correct"}:
        terms["due_on"] = timezone.localdate() + timedelta(days=15)
    if kind == "talk":
        terms["place"] = "局机关 302 室"
    by = world.gu if kind == "remove" else world.zhou
    terms |= {"note": "责令整顿实训课，更换代课人员", "by": by} | said
    return decisions.decide(stated(world, kind), **terms)


def served(world: SimpleNamespace, kind: str = "correct") -> Measure:
    """The school has the decision."""
    return decisions.acknowledge(decided(world, kind), by=world.aygul)


def handover(world: SimpleNamespace, **said: Any) -> Handover:
    """Li writes a matter up for the HR department of the place, with one line of evidence."""
    said = {
        "by": world.li,
        "facts": "伪造培训合格证明 12 份。",
        "happened_until": timezone.localdate() - timedelta(days=30),
        "basis": law(),
        "receiver": world.home_hr,
    } | said
    by = said["by"]
    made = handovers.draft(said.pop("organization", world.school), **said)
    handovers.attach(
        made, by=by, upload=paper("证明.pdf"), title="伪造的证明 12 份", proves="伪造的事实"
    )
    return made


def sent(world: SimpleNamespace, **said: Any) -> Handover:
    """Zhou hands it over."""
    return handovers.send(handover(world, **said), by=world.zhou)


def received(world: SimpleNamespace, **said: Any) -> Handover:
    """Tao takes it on."""
    return reports.receive(sent(world, **said), by=world.tao, receipt="昌人社收〔2026〕8号")


def reported(world: SimpleNamespace, kind: str, found: Handover, **said: Any) -> HandoverReport:
    said = {"by": world.tao, "day": timezone.localdate(), "text": "已办理"} | said
    if kind == "penalised":
        said = {"paper_number": "昌人社罚字〔2026〕3号"} | said
    return reports.report(found, kind=kind, **said)


SITE_PEOPLE = {
    "oversight": "li",
    "oversight:leave": "aygul",
    "oversight:step": "aygul",
    "oversight:receive": "tao",
    "oversight:report": "tao",
    "oversight:reported": "tao",
    "oversight:enter-basis": "gu",
    "oversight:basis": "gu",
}
SITE_OBJECTS = {
    "oversight": {"pk": "suspension", "institution": "school"},
    "oversight:measure": {"pk": "measure"},
    "oversight:move-measure": {"pk": "measure", "name": "drop"},
    "oversight:step": {"pk": "measure", "name": "state"},
    "oversight:attach": {"pk": "measure"},
    "oversight:paper": {"pk": "measure", "paper": "measure_paper"},
    "oversight:letter": {"pk": "measure", "name": "notice"},
    "oversight:handover": {"pk": "handover"},
    "oversight:move-handover": {"pk": "draft_handover", "name": "cancel"},
    "oversight:add-evidence": {"pk": "draft_handover"},
    "oversight:handed-paper": {"pk": "draft_handover", "paper": "draft_handover_paper"},
    "oversight:remove-evidence": {"pk": "draft_handover", "paper": "draft_handover_paper"},
    "oversight:handover-letter": {"pk": "handover"},
    "oversight:receive": {"pk": "handover"},
    "oversight:report": {"pk": "handover"},
    "oversight:reported": {"pk": "handover", "report": "handover_report"},
    "oversight:basis": {"pk": "legal_basis"},
}


def for_the_site(world: SimpleNamespace, until: Any) -> dict[str, Any]:
    """A measure the school may speak to when the site is visited; a matter with a report."""
    with time_machine.travel(until, tick=False):
        found = noticed(world)
    draft, under_way = handover(world), received(world)
    report = reported(world, "told", under_way, upload=paper("告知书.pdf"))
    return {
        "measure": found,
        "measure_paper": found.papers.get(),
        "draft_handover": draft,
        "draft_handover_paper": draft.papers.get(),
        "handover": under_way,
        "handover_report": report,
        "legal_basis": law(),
    }


def grow(home: Organization, others: list[Organization], wanted: int) -> None:
    """More measures of one institution and of others, more matters, more articles."""
    from tests.make_many import every, many, new_text  # noqa: PLC0415 - it asks for this

    mine = every(Measure, organization=home)[:1]
    many(mine, wanted, suspension=None)
    many(mine, wanted, suspension=None, organization=others)
    many(every(MeasurePaper, measure=mine[0].pk)[:1], wanted)
    matters = every(Handover, organization=home)[:2]
    many(matters, wanted)
    many(matters, wanted, organization=others)
    for matter in matters:
        many(every(HandoverPaper, handover=matter.pk)[:1], wanted)
    many(every(HandoverReport)[:1], wanted)
    many(every(LegalBasis)[:1], wanted, article=new_text("article"))
