"""Reading a new set, opinions, filters."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.people.models import User
from zhupei.questions.actions.sealing import may_be_named
from zhupei.questions.forms_pictures import PicturesForm
from zhupei.questions.models import Cause, Decision, Difficulty, ItemKind, QuestionSet
from zhupei.questions.words import FAULTS, PARTS


class SetForm(forms.ModelForm[QuestionSet]):
    class Meta:
        model = QuestionSet
        fields = ["job", "title"]
        widgets = {"title": forms.TextInput()}
        labels = {"job": _("岗位或工种")}
        help_texts = {"title": _("例如：土建施工员 2026 年题库")}

    def _get_validation_exclusions(self) -> set[str]:
        """That the title is taken is said by the action, with what to do."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"title"}


class NameForm(forms.Form):
    """Somebody to be named on a sealed set."""

    user = forms.ModelChoiceField(label=_("谁"), queryset=User.objects.none())
    reason = forms.CharField(label=_("事由"), help_text=_("例如：6 月统考审题"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = may_be_named().order_by("name")  # type: ignore[attr-defined]


class ItemFilters(forms.Form):
    """What a list of items is narrowed by, kept in the address."""

    q = forms.CharField(label=_("题号或文字"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("题型"), required=False)
    standing = forms.ChoiceField(label=_("状态"), required=False)
    point = forms.ChoiceField(label=_("知识点"), required=False)
    difficulty = forms.ChoiceField(label=_("难度"), required=False)
    author = forms.ChoiceField(label=_("作者"), required=False)

    def __init__(self, data: Any, *, points: Iterable[str], authors: Iterable[str]) -> None:
        super().__init__(data)
        everything: list[Any] = [("", _("全部"))]
        offered: dict[str, list[Any]] = {
            "kind": ItemKind.choices,
            "standing": STANDINGS,
            "point": [("-", _("没有写")), *((point, point) for point in points)],
            "difficulty": Difficulty.choices,
            "author": [(name, name) for name in authors],
        }
        fields: dict[str, Any] = self.fields
        for field, choices in offered.items():
            fields[field].choices = [*everything, *choices]


STANDINGS = [
    ("in_force", _("在用")),
    ("draft", _("草稿")),
    ("in_review", _("审题中")),
    ("returned", _("已退回")),
    ("faulty", _("有疑点，暂停抽用")),
    ("held", _("考后更正过，暂停抽用")),
    ("dropped", _("已作废")),
    ("retired", _("已停用")),
]


class OpinionForm(forms.Form):
    """What an expert thinks of a version: a decision, and reasons by part. ``figure`` says which
    doubt the page shows now; ``read`` which one was shown when it was filled in.
    """

    decision = forms.ChoiceField(
        label=_("意见"),
        required=False,
        choices=[(Decision.AGREE, _("同意")), (Decision.OBJECT, _("退回修改"))],
        widget=forms.RadioSelect,
    )
    reason_whole = forms.CharField(
        label=_("对整道题的意见"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("退回时写明哪里有问题、怎么改；作者会看到。"),
    )

    def __init__(
        self, *args: Any, parts: Iterable[str] = (), figure: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts, self.figure = list(parts), figure
        for part in self.parts:
            self.fields[f"reason_{part}"] = forms.CharField(
                label=PARTS[part], required=False, max_length=1000
            )

    @property
    def reasons(self) -> dict[str, str]:
        """By part; ``""`` is the item as a whole."""
        said = self.cleaned_data
        by_part = {part: said[f"reason_{part}"] for part in self.parts}
        return {"": said["reason_whole"], **by_part}

    @property
    def read(self) -> str | None:
        return self.data.get(self.add_prefix("read"))

    def part_fields(self) -> list[Any]:
        return [self[f"reason_{part}"] for part in self.parts]

    def parts_open(self) -> bool:
        """Was anything written about a part?"""
        return any(field.value() for field in self.part_fields())


class QueueFilters(forms.Form):
    question_set = forms.ModelChoiceField(
        label=_("题库"),
        queryset=QuestionSet.objects.none(),
        required=False,
        empty_label=_("全部"),
    )
    cause = forms.ChoiceField(
        label=_("缘由"), required=False, choices=[("", _("全部")), *Cause.choices]
    )

    def __init__(self, data: Any, *, sets: Any) -> None:
        super().__init__(data)
        self.fields["question_set"].queryset = sets  # type: ignore[attr-defined]


class CaseForm(PicturesForm):
    """The text and pictures of a case group."""

    text = forms.CharField(
        label=_("案例材料"),
        error_messages={"required": FAULTS["text_missing"]},
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("几道小题共用的材料。小题另外一道一道写。"),
    )
