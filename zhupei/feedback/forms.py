"""Reading opinions, self-evaluations and calls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.feedback.models import BEST, CallState, Question, SelfEvaluation, Work

SCORES = [(score, str(score)) for score in range(1, BEST + 1)]
YES_NO = [("no", _("没有")), ("yes", _("被收回了")), ("unsaid", _("没有问到"))]


class OpinionForm(forms.Form):
    """One score a question, and a free word."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in Question:
            self.fields[question.value] = forms.TypedChoiceField(
                label=question.label,
                choices=SCORES,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("请打分，1 最差，5 最好。")},
            )
        self.fields["remark"] = forms.CharField(
            label=_("还想说什么"),
            help_text=_("不要写自己的名字，写了就不匿名了"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def scores(self) -> dict[str, int]:
        return {question.value: self.cleaned_data[question.value] for question in Question}


class SelfEvaluationForm(forms.ModelForm[SelfEvaluation]):
    class Meta:
        model = SelfEvaluation
        fields = ["plan", "teaching", "means", "effect", "improve"]
        widgets = dict.fromkeys(fields, forms.Textarea(attrs={"rows": 4, "maxlength": 2000}))
        help_texts = {
            "plan": _("课按计划上了吗，哪些调整过、为什么"),
            "teaching": _("考勤、教学检查、学员管理怎样做的"),
            "means": _("师资、教材、教室、工位和设备够不够、好不好"),
            "effect": _("学员学会了什么，考核和反馈说明了什么"),
            "improve": _("这一期不好的地方，下一期怎么改"),
        }


class CallForm(forms.Form):
    """What somebody said on the telephone."""

    work = forms.ChoiceField(label=_("现在的工作"), choices=Work.choices, widget=forms.RadioSelect)
    score = forms.TypedChoiceField(
        label=_("对这次培训的满意度"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        required=False,
        empty_value=None,
    )
    book_taken_back = forms.ChoiceField(
        label=_("发的教材后来被收回了吗"), choices=YES_NO, widget=forms.RadioSelect
    )
    said = forms.CharField(
        label=_("意见和建议"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_book_taken_back(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["book_taken_back"])


class CallFilters(forms.Form):
    """What stands in the address of the list of calls."""

    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *CallState.choices]
    )
    q = forms.CharField(label=_("班级或姓名"), required=False)
