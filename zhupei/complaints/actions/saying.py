"""Words of officers: for the complainant, and for whoever was joined to the same matter; or kept
inside.
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.complaints.actions import telling
from zhupei.complaints.models import Complainant, Complaint, Side, State, Word
from zhupei.complaints.rules import exposure
from zhupei.core.errors import Refused
from zhupei.people.models import User


def joined_to(row: Complaint) -> list[Complaint]:
    """The complaints that are answered with this one, locked."""
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("handler")
    return list(rows.filter(leading=row, state=State.JOINED).order_by("pk"))


def check_text(text: str) -> None:
    """Raises Refused "text_missing"."""
    if not text.strip():
        raise Refused("text_missing", gettext_lazy("请填写内容。"), field="text")


def say(row: Complaint, text: str, *, by: User) -> Word:
    """Words for the complainant, and the same under their own number for those who were joined:
    the first of them stop a clock.

    Raises Refused "text_missing"; "names_complainant" where others would read a name.
    """
    check_text(text)
    others = joined_to(row)
    if others:
        _check_names_nobody(row, text)
    for one in others:
        say_to_one(one, text.replace(row.number, one.number), by=by)
    return say_to_one(row, text, by=by)


def say_to_one(row: Complaint, text: str, *, by: User, answers: bool = True) -> Word:
    """Words for this complainant alone. ``answers``: do they count as the first answer?"""
    word = write(row, Side.BUREAU, text, by=by)
    if answers and row.first_reply_at is None:
        row.first_reply_at = word.at
        row.save(update_fields=["first_reply_at"])
    telling.complainant(row)
    return word


def write(row: Complaint, side: Side, text: str, *, by: User) -> Word:
    check_text(text)
    return Word.objects.create(
        complaint=row, side=side, text=text.strip(), by=by, at=timezone.now()
    )


def _check_names_nobody(row: Complaint, text: str) -> None:
    who = Complainant.objects.filter(complaint=row).first()
    found = exposure(text, name=who.name, phone=who.phone, told="") if who else None
    if found and found.forbidden:
        raise Refused(
            "names_complainant",
            gettext_lazy("写到了投诉人：“%(words)s”。并案的其他投诉人也会看到，请删去。"),
            field="text",
            words="”“".join(found.forbidden),
        )


def on_day(complaint: Complaint) -> str:
    """The day until which the result is due, as a letter says it."""
    until = timezone.localdate(complaint.close_due)
    return _("%(month)s月%(day)s日") % {"month": until.month, "day": until.day}
