"""Reading a typed code, a correction of the roll, a sheet of paper."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.attendance.actions import Line
from zhupei.attendance.models import CorrectionState
from zhupei.classes.models import Enrolment, Lesson

HERE, ABSENT = "1", "0"
TIME = {"type": "time"}
HALF_A_DAY = timedelta(hours=12)  # a clock so long before a lesson is that of the next morning


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("屏幕上的 6 位数字"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9 ]*"}
        ),
    )


class CorrectionForm(forms.Form):
    """What really happened. Times are those of the lesson's day, Beijing time."""

    present = forms.ChoiceField(
        label=_("实际情况"),
        choices=[(HERE, _("到课")), (ABSENT, _("缺勤"))],
        widget=forms.RadioSelect,
    )
    arrived = forms.TimeField(
        label=_("到达（北京时间）"), required=False, widget=forms.TimeInput(attrs=TIME)
    )
    left = forms.TimeField(
        label=_("提前离开（北京时间）"), required=False, widget=forms.TimeInput(attrs=TIME)
    )
    note = forms.CharField(
        label=_("理由（学员会看到）"), widget=forms.Textarea(attrs={"rows": 2}), max_length=500
    )

    def __init__(self, lesson: Lesson, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lesson = lesson

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("present") == HERE and not data.get("arrived"):
            self.add_error("arrived", _("到课的请写到达时间。"))
        return data

    def moments(self) -> dict[str, Any]:
        """The keyword arguments of ``actions.correct``."""
        present = self.cleaned_data["present"] == HERE
        return {
            "arrived_at": self._moment("arrived") if present else None,
            "left_at": self._moment("left") if present else None,
            "note": self.cleaned_data["note"],
        }

    def _moment(self, name: str) -> datetime | None:
        clock = self.cleaned_data[name]
        return None if clock is None else moment_of(self.lesson, clock)


def moment_of(lesson: Lesson, clock: Any) -> datetime:
    """A clock of the lesson's day, or of the night it runs into."""
    day = timezone.localdate(lesson.starts_at)
    moment = datetime.combine(day, clock, tzinfo=timezone.get_current_timezone())
    past_midnight = moment < lesson.starts_at - HALF_A_DAY
    return moment + timedelta(days=1) if past_midnight else moment


class SheetForm(forms.Form):
    """Who signed on the paper: a tick and two clocks a name, and the photo."""

    photo = forms.FileField(
        label=_("签好字的签到表照片"),
        error_messages={"required": _("请附上签好字的签到表照片，确认的人要对照它。")},
        help_text=_("拍下整张表，字迹要看得清。JPG、PNG 或 PDF，最大 20 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )

    def __init__(self, lesson: Lesson, people: Sequence[Enrolment], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.lesson, self.people = lesson, people
        begin = timezone.localtime(lesson.starts_at).time()
        for one in people:
            self.fields[f"here_{one.pk}"] = forms.BooleanField(
                label=one.person.name, required=False
            )
            for name, label, initial in [("arrived", _("到达"), begin), ("left", _("离开"), None)]:
                self.fields[f"{name}_{one.pk}"] = forms.TimeField(
                    label=label, required=False, initial=initial, widget=forms.TimeInput(attrs=TIME)
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for one in self.people:
            if data.get(f"here_{one.pk}") and not data.get(f"arrived_{one.pk}"):
                self.add_error(f"arrived_{one.pk}", _("到课的请写到达时间。"))
        return data

    def rows(self) -> Iterator[dict[str, Any]]:
        """The bound fields of each name."""
        for one in self.people:
            names = ("here", "arrived", "left")
            yield {"enrolment": one} | {name: self[f"{name}_{one.pk}"] for name in names}

    def lines(self) -> list[Line]:
        """What ``actions.enter_sheet`` takes."""
        data = self.cleaned_data
        return [
            Line(
                one,
                moment_of(self.lesson, data[f"arrived_{one.pk}"]),
                moment_of(self.lesson, left) if (left := data[f"left_{one.pk}"]) else None,
            )
            for one in self.people
            if data[f"here_{one.pk}"]
        ]


class CorrectionFilters(forms.Form):
    """What stands in the address of the list of corrections."""

    q = forms.CharField(label=_("学员或班级"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("待确认")), ("all", _("全部")), *CorrectionState.choices[1:]],
    )
