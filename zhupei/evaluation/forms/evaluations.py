"""One evaluation: the report, the sheet of scores, experts, vetoes, objections."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.evaluation import candidates
from zhupei.evaluation.actions.scores import Entry
from zhupei.evaluation.models import Answer, Evaluation, Score, Seat, State, VetoKind
from zhupei.evaluation.models.evaluation import Grade, StatusChoices
from zhupei.evaluation.rules.points import Status
from zhupei.organizations.models import Division, Kind, Organization
from zhupei.people.models import User

PAPER = _("PDF、图片或 Office 文档，20 MB 以内")


def _words(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class ListForm(forms.Form):
    """Evaluations by name, place, state and grade."""

    q = forms.CharField(label=_("机构名称"), required=False)
    prefecture = forms.ModelChoiceField(
        Division.objects.none(), label=_("地州市"), required=False, empty_label=_("全部")
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *State.choices]
    )
    grade = forms.ChoiceField(
        label=_("等级"), required=False, choices=[("", _("全部")), *Grade.choices]
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prefecture"].queryset = Division.objects.prefectures()  # type: ignore[attr-defined]  # a choice field
        if user.acting.organization.kind != Kind.REGION_AUTHORITY:
            del self.fields["prefecture"]


RATES = (
    (
        "declared_pass_rate",
        _("自报合格率（%）"),
        _("参加考核的学员中合格的占比。系统会和自己的数比对，相差大要扣分。"),
    ),
    (
        "declared_certificate_rate",
        _("自报取证率（%）"),
        _("参加考核的学员中取得培训合格证明的占比，同样比对。没有填的不评。"),
    ),
)


class SummaryForm(forms.ModelForm[Evaluation]):
    """What the institution says of its year."""

    class Meta:
        model = Evaluation
        fields = ["summary", "declared_pass_rate", "declared_certificate_rate"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 6, "maxlength": 4000})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, told in RATES:
            rate = forms.DecimalField(
                label=label,
                min_value=0,
                max_value=100,
                decimal_places=2,
                required=False,
                help_text=told,
            )
            rate.law = _("2023 通报二（二）3")  # type: ignore[attr-defined]  # beside the label
            self.fields[name] = rate
            self.initial[name] = getattr(self.instance, name)


class StatementForm(forms.Form):
    """What the institution says to one indicator."""

    statement = _words(_("自评说明"), required=False, help_text=_("随时保存，提交自评前都能改。"))


class EvidenceForm(forms.Form):
    """One paper."""

    file = forms.FileField(
        label=_("凭据"), help_text=PAPER, error_messages={"required": _("请选择文件。")}
    )


class SheetForm(forms.Form):
    """A line for each indicator somebody has to score; what they saw travels along."""

    def __init__(
        self, answers: Sequence[Answer], latest: Mapping[int, Score], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.answers, self.latest = list(answers), latest
        for answer in self.answers:
            self._add(answer, latest.get(answer.pk))

    def _add(self, answer: Answer, last: Score | None) -> None:
        pk, indicator = answer.pk, answer.indicator
        facts = {"code": indicator.code, "most": indicator.points.normalize()}
        self.fields[f"value-{pk}"] = forms.DecimalField(
            label=_("%(code)s 得分（0–%(most)s）") % facts,
            decimal_places=2,
            max_digits=5,
            required=False,
            initial=last.value.normalize() if last and last.value is not None else None,
            widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
        )
        self.fields[f"status-{pk}"] = forms.ChoiceField(
            label=_("%(code)s 是否评分") % facts,
            choices=StatusChoices.choices,
            initial=last.status if last else Status.SCORED.value,
        )
        self.fields[f"reason-{pk}"] = forms.CharField(
            label=_("%(code)s 理由") % facts,
            max_length=1000,
            required=False,
            initial=last.reason if last else "",
            widget=forms.Textarea(attrs={"rows": 1}),
        )
        self.fields[f"seen-{pk}"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=last.pk if last else 0, required=False
        )

    def entries(self) -> list[Entry]:
        """What was put in; a line left empty is none."""
        said = self.cleaned_data
        found = []
        for pk in (answer.pk for answer in self.answers):
            status, value = said[f"status-{pk}"], said[f"value-{pk}"]
            if status != Status.SCORED:
                value = None
            elif value is None:
                continue
            found.append(Entry(pk, status, value, said[f"reason-{pk}"], said[f"seen-{pk}"] or 0))
        return found

    def lines(self) -> Iterable[dict[str, Any]]:
        """The lines as the page draws them."""
        for answer in self.answers:
            yield {
                "answer": answer,
                "last": self.latest.get(answer.pk),
                **{name: self[f"{name}-{answer.pk}"] for name in ("value", "status", "reason")},
                "seen": self[f"seen-{answer.pk}"],
            }

    def show_newest(self) -> "SheetForm":
        """The same with what was typed, and with what others scored meanwhile as seen."""
        data = dict(self.data.items())
        for pk, last in self.latest.items():
            data[self.add_prefix(f"seen-{pk}")] = str(last.pk)
        self.data = data
        return self


class AppointForm(forms.Form):
    """One expert for one seat."""

    expert = forms.ModelChoiceField(
        User.objects.none(), label=_("专家"), help_text=_("要回避的人不在名单里。")
    )
    seat = forms.TypedChoiceField(label=_("席位"), choices=Seat.choices, coerce=int)

    def __init__(self, evaluation: Evaluation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expert"].queryset = candidates.experts(evaluation)  # type: ignore[attr-defined]  # a choice field
        taken = evaluation.appointments.standing().values_list("seat", flat=True)
        free = [choice for choice in Seat.choices if choice[0] not in set(taken)]
        self.fields["seat"].choices = free  # type: ignore[attr-defined]  # a choice field


class ScorerForm(forms.Form):
    """Who scores the local part instead."""

    scorer = forms.ModelChoiceField(Organization.objects.none(), label=_("改由谁评分"))
    sponsor = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("举办单位（是住建部门时填）"),
        required=False,
        help_text=_("举办单位不能给自己办的机构评分。"),
    )
    note = _words(_("理由（对方会看到）"), rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("scorer", "sponsor"):
            self.fields[name].queryset = candidates.scorers()  # type: ignore[attr-defined]  # a choice field


class VetoForm(forms.Form):
    """What no points make up for."""

    kind = forms.ChoiceField(label=_("否决项"), choices=VetoKind.choices, widget=forms.RadioSelect)
    facts = _words(
        _("认定的事实"), help_text=_("何时、何地、什么情况、怎么查实的。公示时机构会看到。")
    )
    law = forms.CharField(label=_("依据"), max_length=200)
    file = forms.FileField(
        label=_("凭据"), help_text=PAPER, error_messages={"required": _("认定否决项要有凭据。")}
    )


class LiftForm(forms.Form):
    """Why a veto does not hold."""

    note = _words(_("理由（对方会看到）"), rows=3)


class ObjectionForm(forms.Form):
    """What is wrong, and why."""

    answer = forms.ModelChoiceField(
        Answer._base_manager.none(),
        label=_("对哪一项"),
        required=False,
        empty_label=_("整体结果或否决项"),
    )
    grounds = _words(_("异议理由"), help_text=_("写明哪里不对、凭什么。2000 字以内。"))
    file = forms.FileField(label=_("凭据"), required=False, help_text=PAPER)

    def __init__(self, evaluation: Evaluation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = evaluation.answers.select_related("indicator").order_by("indicator__position")
        field = self.fields["answer"]
        field.queryset = rows  # type: ignore[attr-defined]  # a choice field
        field.label_from_instance = lambda one: str(one.indicator)  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """Whether an objection holds, and what follows."""

    verdict = forms.ChoiceField(
        label=_("结论"),
        choices=[("uphold", _("成立，重评")), ("reject", _("不成立"))],
        widget=forms.RadioSelect,
    )
    note = _words(_("答复（机构会看到）"))

    def __init__(self, answer: Answer | None, vetoes: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if answer is not None:
            most = answer.indicator.points.normalize()
            self.fields["value"] = forms.DecimalField(
                label=_("新的分数（0–%(most)s，成立时填）") % {"most": most},
                required=False,
                min_value=Decimal(0),
                max_value=answer.indicator.points,
                decimal_places=2,
            )
        else:
            self.fields["veto"] = forms.ModelChoiceField(
                vetoes, label=_("撤销哪个否决项（成立时选）"), required=False
            )
