"""Reading what is asked about bulletins."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.bulletins import rules
from zhupei.bulletins.models import BulletinKind, BulletinQuerySet, State
from zhupei.bulletins.rules import Period

OFFERED = {BulletinKind.MONTHLY: 12, BulletinKind.QUARTERLY: 4}  # periods back


class DraftForm(forms.Form):
    """Which kind, which period: those that are over and have none yet."""

    period = forms.ChoiceField(
        label=_("哪一期"), error_messages={"required": _("请选择起草哪一期。")}
    )

    def __init__(self, today: date, taken: Iterable[tuple[str, date]], *args: Any) -> None:
        super().__init__(*args)
        used = set(taken)
        offered = []
        for kind, count in OFFERED.items():
            free = [p for p in rules.recent(kind, today, count) if (kind, p.since) not in used]
            choices = [(f"{kind}/{one.since.isoformat()}", one.label) for one in free]
            offered.append((kind.label, choices))
        self.fields["period"].choices = [("", _("请选择")), *offered]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> tuple[str, Period]:
        kind, _slash, since = self.cleaned_data["period"].partition("/")
        of = rules.month_of if kind == BulletinKind.MONTHLY else rules.quarter_of
        return kind, of(date.fromisoformat(since))


class TextForm(forms.Form):
    """The words of one section. ``version`` is that of the draft they were written on."""

    text = forms.CharField(
        label=_("这一节的文字"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("一行一段。留空就用系统写的文字。数字和表格来自记录，不在这里改。"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class IssueForm(forms.Form):
    """For whom a bulletin is."""

    open_to_public = forms.BooleanField(
        label=_("同时向社会公开"),
        required=False,
        help_text=_("在公众网站的“通报”里可以看到和下载。"),
    )


class FilterForm(forms.Form):
    """What stands in the address of the list."""

    kind = forms.ChoiceField(
        label=_("种类"), required=False, choices=[("", _("全部")), *BulletinKind.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *State.choices]
    )

    def narrowed(self, rows: BulletinQuerySet) -> BulletinQuerySet:
        """The rows asked for; without a wish all but what was given up."""
        wanted = self.cleaned_data if self.is_valid() else {}
        if wanted.get("kind"):
            rows = rows.filter(kind=wanted["kind"])
        if wanted.get("state"):
            return rows.filter(state=wanted["state"])
        return rows.exclude(state=State.DISCARDED)
