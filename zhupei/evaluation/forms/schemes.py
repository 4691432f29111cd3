"""A scheme, its indicators, and its last step."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.evaluation import candidates
from zhupei.evaluation.models import Indicator, Scheme
from zhupei.people.models import User

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
FIGURES = {
    "per_missing": _("每缺 1 名扣（分）"),
    "per_case": _("每件扣（分）"),
    "per_point": _("每差 1 个百分点扣（分）"),
    "target": _("达到多少得满分"),
    "allowed": _("容许相差（百分点）"),
    "none": _("均分多少及以下得 0 分"),
    "full": _("均分多少及以上得满分"),
    "minor": _("轻微问题每件扣（分）"),
    "ordinary": _("一般问题每件扣（分）"),
    "serious": _("严重问题每件扣（分）"),
}


class DraftForm(forms.Form):
    """A new scheme."""

    year = forms.IntegerField(label=_("评估年度"), min_value=2000, max_value=2100)
    report_until = forms.DateField(
        label=_("机构自评截止"), widget=DAY, help_text=_("发布以后不能再改。")
    )


class DaysForm(forms.ModelForm[Scheme]):
    """What of a draft may be changed besides its indicators."""

    class Meta:
        model = Scheme
        fields = ["title", "counts_from", "counts_until", "report_until"]
        widgets = {
            "title": forms.TextInput(),
            "counts_from": DAY,
            "counts_until": DAY,
            "report_until": DAY,
        }


class IndicatorForm(forms.Form):
    """What an indicator is worth, and the figures of its rule."""

    points = forms.DecimalField(
        label=_("分值"), min_value=Decimal("0.5"), max_value=Decimal(50), decimal_places=2
    )

    def __init__(self, indicator: Indicator, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].initial = indicator.points.normalize()
        for name, figure in indicator.figures.items():
            self.fields[f"figure-{name}"] = forms.DecimalField(
                label=FIGURES[name], min_value=0, max_value=10000, decimal_places=2, initial=figure
            )

    @property
    def figures(self) -> dict[str, str]:
        """The figures as the scheme keeps them."""
        return {
            name.removeprefix("figure-"): f"{value.normalize():f}"
            for name, value in self.cleaned_data.items()
            if name.startswith("figure-")
        }


class DealForm(forms.Form):
    """Experts for all evaluations of a scheme."""

    experts = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("请哪些专家"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("系统平均分配，每家两位，避开有利害关系的和负责属地评分的单位。"),
        error_messages={"required": _("请至少选两位专家。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["experts"].queryset = candidates.experts()  # type: ignore[attr-defined]  # a choice field


class AnnounceForm(forms.Form):
    """The number of the notice."""

    number = forms.CharField(label=_("通报文号"), max_length=60)
