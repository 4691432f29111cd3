"""Reading what is asked of the ledger, and what is planned and explained."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Self
from uuid import uuid4

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.templatetags.ui import beijing_day
from zhupei.organizations.models import Division
from zhupei.patrols.actions.planning import Wish
from zhupei.patrols.crew import Candidate
from zhupei.patrols.models import DutyQuerySet, Ground, State, Subject, Way

MONTH = 31
LONGEST_PERIOD = 366  # days
ALL = ("", _("全部"))


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class PeriodForm(forms.Form):
    """Between which days looks were due; this month unless told."""

    since = _day(_("应巡日期从"))
    until = _day(_("到"))
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[ALL, *Subject.choices])

    @classmethod
    def asked(cls, said: QueryDict) -> Self:
        """The filters of an address, with this month where it names no days."""
        whole = said.copy()
        first, last = cls(said).period
        whole["since"], whole["until"] = first.isoformat(), last.isoformat()
        return cls(whole)

    @property
    def period(self) -> tuple[date, date]:
        said = self.cleaned_data if self.is_valid() else {}
        today = timezone.localdate()
        first = said.get("since") or today.replace(day=1)
        last = said.get("until") or _end_of_month(max(first, today))
        first, last = min(first, last), max(first, last)
        return first, min(last, first + timedelta(days=LONGEST_PERIOD))

    def narrow(self, rows: DutyQuerySet) -> DutyQuerySet:
        """Only what is of the kind asked for."""
        kind = self.cleaned_data.get("kind") if self.is_valid() else ""
        return rows.filter(kind=kind) if kind else rows


def _end_of_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=MONTH)).replace(day=1) - timedelta(days=1)


class LedgerFilters(forms.Form):
    """What stands in the address of the ledger."""

    q = forms.CharField(label=_("名称、编号或机构"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *State.choices])
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[ALL, *Subject.choices])
    place = forms.ModelChoiceField(
        Division.objects.prefectures(),
        label=_("地州市"),
        required=False,
        empty_label=_("全部"),
    )
    since = _day(_("应巡日期从"))
    until = _day(_("到"))

    def __init__(self, *args: Any, region: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not region:
            del self.fields["place"]

    def narrow(self, rows: DutyQuerySet) -> DutyQuerySet:
        if not self.is_valid():
            return rows
        said = self.cleaned_data
        rows = rows.found_by(said["q"])
        for name in ("state", "kind"):
            rows = rows.filter(**{name: said[name]}) if said[name] else rows
        if said.get("place"):
            rows = rows.in_prefecture(said["place"].pk)
        if said["since"] or said["until"]:
            rows = rows.due_between(said["since"] or date(2000, 1, 1), said["until"] or date.max)
        return rows


class RecordFilters(forms.Form):
    """What stands in the address of the list of records."""

    q = forms.CharField(label=_("名称、编号或机构"), required=False)
    way = forms.ChoiceField(label=_("方式"), required=False, choices=[ALL, *Way.choices])


class _Sent(forms.CheckboxSelectMultiple):
    """Those who must stay away are shown, with the reason, and cannot be chosen."""

    def __init__(self, away: set[str]) -> None:
        super().__init__()
        self.away = away

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.away:
            option["attrs"]["disabled"] = True
        return option


class PlanForm(forms.Form):
    """Who goes when, on the spot or by looking in."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    way = forms.ChoiceField(
        label=_("方式"), choices=Way.choices, widget=forms.RadioSelect, initial=Way.ON_SITE
    )
    day = forms.TypedChoiceField(
        label=_("日期"),
        coerce=date.fromisoformat,
        help_text=_("只能在办班或考核期间"),
    )
    people = forms.MultipleChoiceField(
        label=_("派谁去"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一人。")},
    )

    def __init__(
        self, days: Sequence[date], candidates: Sequence[Candidate], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(one.user.pk): one for one in candidates}
        day: Any = self.fields["day"]
        day.choices = [(one.isoformat(), f"{beijing_day(one)}（{_week(one)}）") for one in days]
        people: Any = self.fields["people"]
        people.widget = _Sent({key for key, one in self.candidates.items() if one.away})
        people.choices = [(key, _shown(one)) for key, one in self.candidates.items()]
        self.initial.setdefault("key", uuid4())

    def wish(self) -> Wish:
        said = self.cleaned_data
        people = [self.candidates[key].user for key in said["people"]]
        return Wish(said["key"], said["way"], said["day"], people, said["seen"])

    def look_again(self, newest: int) -> None:
        """What was planned meanwhile has been read now: the same asked again goes through."""
        posted: Any = self.data
        said = posted.copy()
        said["seen"] = newest
        self.data = said


class How(models.TextChoices):
    SHARE = "share", _("平均分给当天有空、不用回避的检查员")
    THESE = "these", _("选定的人每一项都去")


class RoundForm(forms.Form):
    """Which day and which way, and who goes, where several are planned at once."""

    day = forms.TypedChoiceField(label=_("日期"), coerce=date.fromisoformat)
    way = forms.ChoiceField(label=_("方式"), choices=Way.choices, widget=forms.RadioSelect)
    how = forms.ChoiceField(label=_("派谁去"), choices=How.choices, widget=forms.RadioSelect)
    people = forms.MultipleChoiceField(
        label=_("选定的人"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "ticks"}),
        help_text=_("要回避的那一项不派"),
    )

    def __init__(
        self, days: Mapping[date, int], crew: Sequence[Candidate], said: QueryDict, day: date
    ) -> None:
        """``days``: how many of them can be looked at on each."""
        super().__init__(said.copy())
        data: Any = self.data
        data["day"] = day.isoformat()
        for name, usual in (("way", Way.ON_SITE), ("how", How.SHARE)):
            data.setdefault(name, str(usual.value))
        shown: Any = self.fields["day"]
        shown.choices = [
            (one.isoformat(), _("%(day)s（%(week)s）%(count)d 项可看") % _said(one, count))
            for one, count in days.items()
        ]
        people: Any = self.fields["people"]
        people.choices = [(str(one.user.pk), _shown(one)) for one in crew]

    def clean(self) -> None:
        said = self.cleaned_data
        if said.get("how") == How.THESE and not said.get("people"):
            self.add_error("people", _("请至少选一人。"))

    @property
    def shares(self) -> bool:
        return bool(self.data["how"] != How.THESE)

    @property
    def chosen(self) -> set[int]:
        """The keys of those who are to go everywhere."""
        return {int(key) for key in self.cleaned_data.get("people", [])}


def _said(day: date, count: int) -> dict[str, Any]:
    return {"day": beijing_day(day), "week": _week(day), "count": count}


def _week(day: date) -> str:
    return str(WEEKDAYS[day.weekday()])


WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


def _shown(one: Candidate) -> str:
    words = f"{one.user.name}（{one.title}）"
    if one.away:
        return f"{words}：{one.away}"
    if one.busy:
        return words + str(_("，当天已有 %(count)d 次")) % {"count": one.busy}
    return words


class ExplainForm(forms.Form):
    """Why nobody looked."""

    ground = forms.ChoiceField(label=_("原因"), choices=Ground.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("说明"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("自治区住建厅会看到；说明以后仍计为漏巡"),
        error_messages={"required": _("请写明为什么没有巡查。")},
    )


class PhotoForm(forms.Form):
    """A picture from a page without script."""

    file = forms.FileField(
        label=_("照片"),
        help_text=_("JPG 或 PNG；拍摄地点和手机信息在保存前去掉"),
        error_messages={"required": _("请先选一张照片。")},
    )
    about = forms.CharField(required=False, widget=forms.HiddenInput)
