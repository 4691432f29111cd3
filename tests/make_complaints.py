"""Builders of complaints: *Zaynab* complains in her own name about Tianshan School."""

from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from zhupei.complaints.actions import complainant, filing, handling, inquiries
from zhupei.complaints.actions.filing import Receipt, Told
from zhupei.complaints.models import Attachment, Complaint, Inquiry, InquiryPaper, Word
from zhupei.complaints.targets import Target
from zhupei.core.models import StoredFile

NAME, PHONE = "再娜普·阿不都", "13999123456"
TEXT = "六月三日下午的课是找人替我们签到的，教材费收了二百元没有收据，老师只来了半个小时就走了。"
STATEMENT = "请说明 6 月的施工员班考勤如何核对、教材费收取的依据和票据。"
WITNESS = ("zaynab", NAME, "13999123456", "3999123456", "再娜普")
SITE_PEOPLE = {
    "complaints": "li",
    "complaints:inquiries": "aygul",
    "complaints:inquiry": "aygul",
    "complaints:answer": "aygul",
    "complaints:inquiry-paper": "aygul",
    "complain": None,
    "complain:mine": "adil",
    "complain:own": "adil",
    "complain:say-own": "adil",
}
SITE_OBJECTS = {
    "complaints": {"pk": "complaint", "name": "assign", "attachment": "complaint_paper"},
    "complaints:inquiry": {"pk": "inquiry"},
    "complaints:answer": {"pk": "inquiry"},
    "complaints:inquiry-paper": {"pk": "inquiry", "paper": "inquiry_paper"},
    "complain": {"name": "complain_step"},
    "complain:own": {"pk": "own_complaint"},
    "complain:say-own": {"pk": "own_complaint", "name": "add"},
}


def told(world: SimpleNamespace, **said: Any) -> Told:
    target = Target(world.school.prefecture, world.school)
    usual = {"kind": "fees", "text": TEXT, "target": target}
    return Told(**(usual | said))


def named(world: SimpleNamespace, **said: Any) -> Told:
    return told(world, named=True, name=NAME, phone=PHONE, **said)


def receipt(world: SimpleNamespace, **said: Any) -> Receipt:
    """Zaynab has complained in her own name."""
    return filing.file(named(world, **said))


def complaint(world: SimpleNamespace, **said: Any) -> Complaint:
    return receipt(world, **said).complaint


def assigned(world: SimpleNamespace, **said: Any) -> Complaint:
    """Li has given it to Zhou."""
    return handling.assign(complaint(world, **said), by=world.li, investigator=world.zhou)


def accepted(world: SimpleNamespace, **said: Any) -> Complaint:
    return handling.accept(assigned(world, **said), by=world.zhou, text="我们受理了。")


def asked(world: SimpleNamespace, **said: Any) -> Inquiry:
    return inquiries.ask(accepted(world, **said), by=world.zhou, statement=STATEMENT)


def answered(world: SimpleNamespace, **said: Any) -> Inquiry:
    paper = ContentFile(b"%PDF-1.7 receipt", "收据.pdf")
    return inquiries.answer(
        asked(world, **said), by=world.aygul, text="收据附后。", uploads=[paper]
    )


def decided(world: SimpleNamespace, outcome: str = "upheld", **said: Any) -> Complaint:
    row = answered(world, **said).complaint
    return handling.decide(row, by=world.zhou, outcome=outcome, finding="收费没有公示。")


def replied(world: SimpleNamespace, outcome: str = "upheld", **said: Any) -> Complaint:
    return handling.reply(decided(world, outcome, **said), by=world.zhou, text="经查属实。")


def rated(world: SimpleNamespace, score: int = 5, **said: Any) -> Complaint:
    return complainant.rate(replied(world, **said), score=score)


def file(name: str = "照片.pdf") -> StoredFile:
    return StoredFile.objects.create(
        sha256="0" * 64, size=1, media_type="application/pdf", name=name, path=f"x/{name}"
    )


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """One that waits, with a paper; one that was asked about, with an answer; and Adil's."""
    paper = ContentFile(b"%PDF-1.7 paper", "收据照片.pdf")
    waiting = complaint(world, pictures=[paper])
    inquiry = answered(world)
    return {
        "complaint": waiting,
        "complaint_paper": waiting.attachments.get(),
        "inquiry": inquiry,
        "inquiry_paper": inquiry.papers.get(),
        "complain_step": SimpleNamespace(pk="add"),
        "own_complaint": filing.file(told(world, account=world.adil)).complaint,
    }


def grow(things: dict[str, Any], wanted: int) -> None:
    """So many more of all a page about complaints lists."""
    from tests.make_many import every, many  # noqa: PLC0415 - it grows with the help of this module

    rows = every(Complaint)
    many(rows, wanted)
    many([row for row in rows if row.inquiries.exists()], wanted)
    for key in (things["complaint"], things["own_complaint"]):
        row = Complaint.objects.get(pk=key)
        many(every(Word, side="bureau"), wanted, complaint=row)
        many(every(Attachment), wanted, complaint=row)
    inquiries_ = many(every(Inquiry), wanted)
    many(every(Inquiry), wanted, complaint=Complaint.objects.get(pk=things["complaint"]))
    many(every(InquiryPaper), wanted)
    many(every(InquiryPaper), wanted, inquiry=inquiries_)
