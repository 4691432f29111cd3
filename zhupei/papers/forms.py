"""Reading blueprints: their head, the matrix of counts, what a trial is asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhupei.papers.actions.assembling import MOST_FORMS
from zhupei.papers.models import Band, Blueprint, RowKind, State
from zhupei.papers.rules import ANY, Item, Row
from zhupei.questions.models import QuestionSet
from zhupei.syllabus.models import Job

ALL = ("", _("全部"))
BANDS = (ANY, *Band.values)
MORE = 2  # empty lines for points that are not listed


class Filters(forms.Form):
    """What stands in the address of the list."""

    q = forms.CharField(label=_("名称或岗位"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *State.choices])


def _with_its_seal(question_set: QuestionSet) -> str:
    return (
        _now("%(set)s（封存，放行后才抽题）") % {"set": question_set}
        if question_set.is_sealed
        else str(question_set)
    )


class HeadForm(forms.ModelForm[Blueprint]):
    """What a blueprint says of itself. ``seen`` is the mark that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Blueprint
        fields = [
            "job",
            "level",
            "title",
            "question_set",
            "minutes",
            "overlap",
            "exposure",
            "shuffle",
        ]
        widgets = {"title": forms.TextInput()}
        help_texts = {
            "title": _("例如：土建施工员 理论考核 2026"),
            "level": _("工种按等级分别考；施工现场专业人员不分等级"),
            "question_set": _("留空：用这个岗位所有已发布的题库"),
            "overlap": _("同次组的卷，任两套相同的题占一套卷的比例"),
            "exposure": _("留空不限。多少天内的使用算在内，见规则参数"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        job: Any = self.fields["job"]
        job.queryset = Job.objects.offered().order_by("category", "code")
        sets: Any = self.fields["question_set"]
        sets.queryset = QuestionSet.objects.published().order_by("job__code", "title")
        sets.label_from_instance = _with_its_seal
        if self.instance.pk:
            del self.fields["job"]
            if not self.instance.job.has_levels:
                del self.fields["level"]
            sets.queryset = sets.queryset.filter(job=self.instance.job_id)
            self.fields["seen"].initial = self.instance.mark

    def _get_validation_exclusions(self) -> set[str]:
        """That the title is taken is said by the action, with what to do."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"title"}

    @property
    def head(self) -> dict[str, Any]:
        """The fields as the verbs take them."""
        return {k: v for k, v in self.cleaned_data.items() if k not in {"seen", "job"}}


class NewForm(forms.Form):
    """A blueprint to begin: empty, or in the proportions of a set."""

    question_set = forms.ModelChoiceField(
        QuestionSet.objects.none(), label=_("题库"), help_text=_("知识点和题型按题库的比例先排好")
    )
    items = forms.IntegerField(label=_("题数"), min_value=1, max_value=200, initial=60)
    minutes = forms.IntegerField(
        label=_("考试时长（分钟）"), min_value=5, max_value=300, initial=60
    )
    title = forms.CharField(
        label=_("名称"),
        max_length=200,
        required=False,
        help_text=_("不写的，按题库和题数起名"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sets: Any = self.fields["question_set"]
        sets.queryset = QuestionSet.objects.published().unsealed().order_by("job__code", "title")


class ReleaseForm(forms.Form):
    """A sealed set to be let: of those the reader is named on and the blueprint may use."""

    question_set = forms.ModelChoiceField(QuestionSet.objects.none(), label=_("封存的题库"))
    until = forms.DateField(
        label=_("放行到"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("这一天以后不再抽题；已封的卷不受影响"),
    )
    reason = forms.CharField(
        label=_("事由"), max_length=500, help_text=_("用于哪次考试；记入题库的经过")
    )

    def __init__(self, sets: QuerySet[QuestionSet], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["question_set"]
        field.queryset = sets


class CopyForm(forms.Form):
    title = forms.CharField(label=_("新细目表的名称"), max_length=200)


class TrialForm(forms.Form):
    count = forms.IntegerField(label=_("套数"), min_value=1, max_value=MOST_FORMS, initial=2)
    seed = forms.CharField(
        label=_("抽题种子"),
        required=False,
        max_length=64,
        help_text=_("留空由系统随机给。同一种子、同一题库组出的卷相同"),
    )


# ── The matrix ───────────────────────────────────────────────────────────────────────────────


class Cell(NamedTuple):
    """One count of the matrix, as it is drawn. ``held``: how many items of the bank would do."""

    name: str
    value: str
    held: int
    label: str
    wrong: str = ""


class Line(NamedTuple):
    """One knowledge point. ``typed``: its name may be changed."""

    number: int
    point: str
    typed: bool
    cells: list[tuple[str, list[Cell]]]  # by kind
    wrong: str = ""


class Matrix:
    """The counts and points of a blueprint, as typed or as stored.

    ``rows`` are what was understood; ``errors`` what was not, beside its place. What was typed
    stays as it was typed.
    """

    def __init__(
        self, stored: Sequence[Row], points: Sequence[str], items: Sequence[Item], data: Any = None
    ) -> None:
        self.items = items
        self.errors: dict[str, str] = {}
        self.bound = data is not None
        self.data: Mapping[str, Any] = data if self.bound else self._as_typed(stored, points)
        given: Any = data.getlist("point") if isinstance(data, QueryDict) else self.data["point"]
        self.points: list[str] = [point.strip() for point in given]
        self.listed = {ANY, *points, *(row.point for row in stored)}
        self.worth = {kind: self._worth(kind) for kind in RowKind.values}
        self.rows = list(self._rows()) if self.bound else list(stored)

    def is_valid(self) -> bool:
        return self.bound and not self.errors

    def _as_typed(self, stored: Sequence[Row], points: Sequence[str]) -> dict[str, Any]:
        """What a page sends back that shows what is stored."""
        others = [row.point for row in stored if row.point]
        lines = [ANY, *dict.fromkeys([*points, *others])]
        typed: dict[str, Any] = {"point": [*lines, *[""] * MORE]}
        for row in stored:
            typed[_name(lines.index(row.point), row.kind, row.band)] = str(row.count)
            typed[f"worth-{row.kind}"] = f"{row.points.normalize():f}"
        return typed

    def _worth(self, kind: str) -> Decimal:
        typed = str(self.data.get(f"worth-{kind}", "") or "1").strip()
        field = forms.DecimalField(min_value=Decimal("0.01"), max_value=100, decimal_places=2)
        try:
            return field.clean(typed) or Decimal(1)
        except forms.ValidationError as error:
            self.errors[f"worth-{kind}"] = " ".join(error.messages)
            return Decimal(1)

    def _rows(self) -> Iterator[Row]:
        seen: set[str] = set()
        for number, point in enumerate(self.points):
            counts = list(self._counts(number))
            if number and not point and counts:
                self.errors[f"point-{number}"] = _now("填了题数，请写明知识点。")
            elif counts and point in seen:
                self.errors[f"point-{number}"] = _now("这个知识点上面已经有一行。")
            seen.add(point)
            for kind, band, count in counts:
                yield Row(point, kind, band, count, self.worth[kind])

    def _counts(self, number: int) -> Iterator[tuple[str, str, int]]:
        field = forms.IntegerField(min_value=0, max_value=200, required=False)
        for kind in RowKind.values:
            for band in BANDS:
                name = _name(number, kind, band)
                try:
                    count = field.clean(str(self.data.get(name, "")).strip())
                except forms.ValidationError as error:
                    self.errors[name] = " ".join(error.messages)
                    continue
                if count:
                    yield kind, band, count

    # ── As it is drawn ───────────────────────────────────────────────────────────────────────

    @property
    def kinds(self) -> list[dict[str, Any]]:
        """The columns: kinds the bank has, or the blueprint asks for."""
        asked = {row.kind for row in self.rows}
        labels = dict(RowKind.choices)
        return [
            {
                "key": kind,
                "label": labels[kind],
                "worth": self.data.get(f"worth-{kind}", "1"),
                "wrong": self.errors.get(f"worth-{kind}", ""),
                "count": sum(row.count for row in self.rows if row.kind == kind),
            }
            for kind in RowKind.values
            if kind in asked or any(Row(ANY, kind, ANY, 1).takes(item) for item in self.items)
        ]

    @property
    def bands(self) -> list[str]:
        return [_now("不限"), *(str(label) for _value, label in Band.choices)]

    @property
    def lines(self) -> list[Line]:
        kinds = self.kinds
        return [
            Line(
                number,
                point,
                (bool(number) and point not in self.listed) or (bool(number) and not point),
                [(kind["label"], list(self._cells(number, point, kind))) for kind in kinds],
                self.errors.get(f"point-{number}", ""),
            )
            for number, point in enumerate(self.points)
        ]

    def _cells(self, number: int, point: str, kind: Mapping[str, Any]) -> Iterator[Cell]:
        for band, word in zip(BANDS, self.bands, strict=True):
            name = _name(number, kind["key"], band)
            row = Row(point, kind["key"], band, 1)
            held = sum(row.takes(item) for item in self.items) if point or not number else 0
            yield Cell(
                name,
                str(self.data.get(name, "")),
                held,
                f"{point or _now('不限知识点')} {kind['label']} {word}",
                self.errors.get(name, ""),
            )


def _name(number: int, kind: str, band: str) -> str:
    return f"n-{number}-{kind}-{band or 'any'}"


def by_kind(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """How many items and points of each kind, for a summary."""
    rows = list(rows)
    return [
        {
            "label": label,
            "count": sum(row.count for row in rows if row.kind == kind),
            "worth": sum((row.count * row.points for row in rows if row.kind == kind), Decimal(0)),
        }
        for kind, label in RowKind.choices
        if any(row.kind == kind for row in rows)
    ]
