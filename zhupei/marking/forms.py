"""Reading what an examiner chooses and an assessor types."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhupei.marking.rules import STEP
from zhupei.organizations.models import Membership
from zhupei.people.models import User


class MarkerField(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Membership) -> str:
        return str(obj.user)


class MarkerForm(forms.Form):
    """Who is asked to mark."""

    user = MarkerField(
        label=_("考评员"),
        queryset=Membership.objects.none(),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择一名考评员。")},
    )

    def __init__(self, available: QuerySet[Membership], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = available  # type: ignore[attr-defined]

    @property
    def chosen(self) -> User:
        user: User = self.cleaned_data["user"].user
        return user


class PointsForm(forms.Form):
    """The points of one answer, a field for each line of its rubric."""

    def __init__(self, rubric: Sequence[Mapping[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, line in enumerate(rubric):
            facts = {"what": line["what"], "most": line["points"]}
            self.fields[f"line-{number}"] = forms.DecimalField(
                label=_("%(what)s（0 到 %(most)s 分）") % facts,
                min_value=Decimal(0),
                max_value=Decimal(line["points"]),
                step_size=STEP,
                widget=forms.NumberInput(
                    attrs={"inputmode": "decimal", "autocomplete": "off", "class": "points"}
                ),
                error_messages={
                    "required": _("请给“%(what)s”打分，没有得分写 0。") % facts,
                    "invalid": _("请填数字，例如 2 或 2.5。"),
                    "max_value": _("这一项最多 %(most)s 分。") % facts,
                    "min_value": _("不能小于 0 分。"),
                    "step_size": _("按 0.5 分一档打分。"),
                },
            )
        self.fields["note"] = forms.CharField(
            label=_("评语（可不写；只存档，别的考评员看不到）"),
            required=False,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    @property
    def lines(self) -> dict[int, Decimal]:
        return {
            int(name.removeprefix("line-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("line-")
        }
