"""Reading what an examiner types about sessions and turns."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.upload_field import LargeFileField
from zhupei.exams.models import Plan
from zhupei.institutions.models import Room
from zhupei.organizations.models import Division, Organization
from zhupei.people.models import User
from zhupei.practical.models import Rubric, Session, SessionQuerySet, Sheet, State, Trouble, Turn

ALL = ("", _("全部"))
MINUTES = "%Y-%m-%dT%H:%M"


class RubricField(forms.ModelChoiceField[Rubric]):
    """A rubric is chosen by its job and level, because those of the session follow from it."""

    def label_from_instance(self, obj: Rubric) -> str:
        return _("%(subject)s　%(version)s 版，%(minutes)d 分钟") % {
            "subject": obj.subject,
            "version": obj.version,
            "minutes": obj.values.minutes,
        }


class WorkshopField(forms.ModelChoiceField[Room]):
    def label_from_instance(self, obj: Room) -> str:
        return _("%(room)s（%(stations)d 个工位）") % {
            "room": obj.name,
            "stations": obj.stations,
        }


def moment(label: Any, missing: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES),
        error_messages={"required": missing},
    )


def clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class SessionForm(forms.ModelForm[Session]):
    """The plan of a session. ``prefecture`` is asked only of bodies that work everywhere; the
    pause is two times of the day.
    """

    rubric = RubricField(
        label=_("评分表（工种和等级由它决定）"),
        queryset=Rubric.objects.none(),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择评分表。")},
    )
    room = WorkshopField(
        label=_("实训场地"),
        queryset=Room.objects.none(),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择场地。")},
        help_text=_("只列出本机构登记了工位的场地。"),
    )
    opens_at = moment(_("第一轮开始（北京时间）"), _("请选择第一轮开始的日期和时间。"))
    closes_at = moment(_("最迟结束（北京时间）"), _("请选择最迟结束的时间。"))
    pause_begins = clock(_("午休开始（北京时间）"))
    pause_ends = clock(_("午休结束（北京时间）"))

    class Meta:
        model = Session
        fields = [
            "title",
            "prefecture",
            "rubric",
            "room",
            "stations",
            "opens_at",
            "closes_at",
            "change_minutes",
        ]
        labels = {
            "prefecture": _("地州市"),
            "stations": _("同时使用的工位（1 到 60）"),
            "change_minutes": _("两轮之间换场几分钟（0 到 120）"),
        }
        widgets = {"title": forms.TextInput()}
        error_messages = {
            "title": {"required": _("请写场次名称，考生和住建局都会看到。")},
            "prefecture": {"required": _("请选择地州市。")},
            "stations": {"required": _("请写用几个工位。")},
        }

    def __init__(
        self,
        organization: Organization,
        user: User,
        *args: Any,
        plan: Plan | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.of = plan
        rubrics = Rubric.objects.visible_to(user).published().select_related("job")
        self.fields["rubric"].queryset = rubrics.order_by("job__code", "level")  # type: ignore[attr-defined]
        rooms = Room.objects.visible_to(user).in_use()
        mine = rooms.filter(organization=organization, stations__gt=0)
        self.fields["room"].queryset = mine.order_by("name")  # type: ignore[attr-defined]
        if organization.prefecture_id or plan:
            del self.fields["prefecture"]
        else:
            everywhere = Division.objects.prefectures()
            self.fields["prefecture"].queryset = everywhere  # type: ignore[attr-defined]
        if self.instance.pause:
            first, last = map(timezone.localtime, self.instance.pause)
            self.initial.update(pause_begins=first.time(), pause_ends=last.time())

    def plan(self) -> dict[str, Any]:
        """The fields of a session."""
        return self.cleaned_data | {"plan": self.of} if self.of else self.cleaned_data

    def _get_validation_exclusions(self) -> set[str]:
        """That the room is free is said when the plan is notified, with what to do."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"room"}

    def clean(self) -> dict[str, Any]:
        """The two times of the pause, on the day of the session."""
        said: dict[str, Any] = super().clean() or {}
        first, last = said.pop("pause_begins", None), said.pop("pause_ends", None)
        if (first is None) != (last is None):
            self.add_error("pause_ends", _("午休的开始和结束要一起写，或都不写。"))
        opens = said.get("opens_at")
        for name, at in (("pause_from", first), ("pause_until", last)):
            said[name] = _on_the_day(opens, at) if opens and at else None
            setattr(self.instance, name, said[name])
        if first and last and last <= first:
            self.add_error("pause_ends", _("午休结束要晚于午休开始。"))
        return said


def _on_the_day(day: datetime, at: time) -> datetime:
    return timezone.localtime(day).replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)


class SessionFilters(forms.Form):
    """What a list of sessions is narrowed by; it stands in the address."""

    q = forms.CharField(label=_("查找"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *State.choices])
    since = forms.DateField(
        label=_("不早于"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def narrow(self, sessions: SessionQuerySet) -> SessionQuerySet:
        """An unreadable filter is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("q"):
            sessions = sessions.matching(chosen["q"])
        if chosen.get("state"):
            sessions = sessions.filter(state=chosen["state"])
        if chosen.get("since"):
            sessions = sessions.filter(opens_at__date__gte=chosen["since"])
        return sessions


class AssessorForm(forms.Form):
    """One of the body's assessors; with ``sheets``, whom of the turn they replace, and why."""

    sheet = forms.ChoiceField(label=_("换下"))
    assessor = forms.ChoiceField(label=_("考评员"))
    note = forms.CharField(label=_("原因"), max_length=300)

    def __init__(
        self,
        members: Any,
        data: Any = None,
        *,
        note: bool = False,
        sheets: Sequence[Sheet] = (),
    ) -> None:
        super().__init__(data)
        self.members = {str(one.user_id): one.user for one in members}
        choices = [("", _("请选择")), *((pk, str(user)) for pk, user in self.members.items())]
        self.fields["assessor"].choices = choices  # type: ignore[attr-defined]
        if not note:
            del self.fields["note"], self.fields["sheet"]
            return
        self.fields["sheet"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), str(one.assessor)) for one in sheets if one.handed_in_at is None
        ]

    def member(self) -> User:
        found: User = self.members[self.cleaned_data["assessor"]]
        return found


class AgainForm(forms.Form):
    """A turn to be taken again: why, where and when."""

    trouble = forms.ChoiceField(label=_("原因"), choices=Trouble.choices)
    note = forms.CharField(
        label=_("发生了什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    station = forms.IntegerField(label=_("工位"), min_value=1, max_value=60)
    starts_at = moment(_("重考开始（北京时间）"), _("请选择重考的时间。"))

    def __init__(self, turn: Turn, data: Any = None) -> None:
        super().__init__(data, initial={"station": turn.station})


class EvidenceForm(forms.Form):
    """A picture or a recording, and the task it belongs to."""

    about = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    file = LargeFileField(label=_("照片或录像"))
