"""Reading a typed code and a correction of the roll."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Lesson

HERE, ABSENT = "1", "0"

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
        label=_("到达（北京时间）"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    left = forms.TimeField(
        label=_("提前离开（北京时间）"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}),
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
        if clock is None:
            return None
        day = timezone.localdate(self.lesson.starts_at)
        moment = datetime.combine(day, clock, tzinfo=timezone.get_current_timezone())
        past_midnight = moment < self.lesson.starts_at - HALF_A_DAY
        return moment + timedelta(days=1) if past_midnight else moment
