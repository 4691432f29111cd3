"""Reading what the region types about rubrics: shapes and widgets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.practical.models import Rubric, RubricState
from zhupei.practical.rules import rubric as rules
from zhupei.practical.rules.rubric import Criterion, Task
from zhupei.syllabus.models import Category, Job

ALL = ("", _("全部"))
MORE_LINES = 4  # empty ones below the criteria there are


class RubricFilters(forms.Form):
    """What stands in the address of the list of rubrics."""

    q = forms.CharField(label=_("岗位或工种"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *RubricState.choices])

    def narrow(self, rubrics: Any) -> Any:
        """An unreadable filter is left out."""
        self.is_valid()
        if self.cleaned_data.get("q"):
            rubrics = rubrics.filter(job__name__icontains=self.cleaned_data["q"])
        if self.cleaned_data.get("state"):
            rubrics = rubrics.filter(state=self.cleaned_data["state"])
        return rubrics


class RubricForm(forms.ModelForm[Rubric]):
    """A new version: of what, called how, on what basis."""

    class Meta:
        model = Rubric
        fields = ["job", "level", "version", "basis"]
        widgets = {"basis": forms.TextInput(), "version": forms.TextInput()}
        help_texts = {
            "level": _("技能工种要选等级；施工现场专业人员不选。"),
            "version": _("例如 2026.1"),
            "basis": _("例如国家职业标准的名称和版本"),
        }
        error_messages = {
            "job": {"required": _("请选择岗位或工种。")},
            "version": {"required": _("请写版本号。")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        trades = [Category.TRADE, Category.MUNICIPAL, Category.SITE_POST]
        jobs = Job.objects.offered().filter(category__in=trades).order_by("category", "code")
        self.fields["job"].queryset = jobs  # type: ignore[attr-defined]
        self.fields["job"].empty_label = _("请选择")  # type: ignore[attr-defined]

    def _get_validation_exclusions(self) -> set[str]:
        """That the version is taken is said by the action, with what to do."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"version"}


class TaskForm(forms.Form):
    """One task, its criteria apart. ``seen`` is the mark of the rubric that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("任务名称"), max_length=100)
    minutes = forms.IntegerField(label=_("时限（1 到 480 分钟）"), min_value=1, max_value=480)
    place = forms.IntegerField(label=_("第几个任务"), min_value=1, max_value=30, initial=1)
    brief = forms.CharField(
        label=_("任务说明（考生要做什么、用什么材料）"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CriterionForm(forms.Form):
    """One criterion; left empty it is none. ``key`` is the one it has already."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(label=_("评分点"), max_length=500, required=False)
    weight = forms.IntegerField(label=_("分值"), min_value=1, max_value=100, required=False)
    scale = forms.CharField(
        label=_("分档（不填就按分打分）"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"placeholder": _("符合=100；基本符合=60；不符合=0")}),
    )
    step = forms.ChoiceField(
        label=_("按分打分时每档"),
        required=False,
        choices=[("", "—"), *((step, _("%s 分") % step) for step in rules.STEPS)],
    )
    guide = forms.CharField(label=_("评分说明"), required=False, max_length=500)

    def clean_scale(self) -> tuple[rules.Step, ...]:
        try:
            return rules.read_steps(self.cleaned_data["scale"])
        except ValueError as fault:
            raise forms.ValidationError(
                _("分档写法不对。请写成：符合=100；基本符合=60；不符合=0")
            ) from fault

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("text") and not said.get("weight") and "weight" not in self.errors:
            self.add_error("weight", _("请写分值。"))
        if said.get("weight") and not said.get("text"):
            self.add_error("text", _("请写评分点。"))
        return said

    def criterion(self, taken: list[str]) -> Criterion:
        said = self.cleaned_data
        key = said["key"] or rules.fresh_key("c", taken)
        taken.append(key)
        steps = said["scale"]
        step = "" if steps else said["step"] or "1"
        return Criterion(key, said["text"], said["weight"], steps, step, said["guide"])


CriteriaFormSet = forms.formset_factory(
    CriterionForm, extra=MORE_LINES, can_delete=True, max_num=60, validate_max=True
)


def criteria_of(task: Task | None) -> list[dict[str, Any]]:
    """What the lines of the criteria hold when the page opens."""
    return [
        {
            "key": one.key,
            "text": one.text,
            "weight": one.weight,
            "scale": rules.scale_words(one) if one.steps else "",
            "step": one.step,
            "guide": one.guide,
        }
        for one in (task.criteria if task else ())
    ]


class FatalForm(forms.Form):
    """The fatal errors, a line each."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    texts = forms.CharField(
        label=_("否决项，一行一条"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("两名考评员都认定出现任何一条，本次实操即不合格。写得让人没有第二种理解。"),
    )

    def lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["texts"].splitlines() if line.strip()]


class SpreadsheetForm(forms.Form):
    file = forms.FileField(
        label=_("评分表（.xlsx、.xls 或 .csv，不超过 5 MB）"),
        help_text=_("先检查，不会直接写入；确认后替换这份草稿现有的内容。"),
    )
