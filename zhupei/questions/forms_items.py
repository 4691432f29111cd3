"""Reading an item as somebody writes it: any kind, with pictures, finished or not."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from zhupei.core.models import StoredFile
from zhupei.questions import contents, words
from zhupei.questions.contents import Content
from zhupei.questions.forms_pictures import PicturesForm, initial_pictures
from zhupei.questions.models import Case, Cognition, Difficulty, ItemKind, QuestionSet
from zhupei.questions.rules import CHOICES, LETTERS, TRUE_FALSE, Kind

FEWEST_ROWS, MOST_ROWS = {"option": 4, "blank": 1, "rubric": 2}, 8


def rows_of(kind: str) -> str:
    """What the rows of this kind of item are."""
    return {Kind.BLANK: "blank", Kind.ESSAY: "rubric"}.get(Kind(kind), "option")


class KindForm(forms.Form):
    """Which kind of item, asked before the rest of the form is drawn."""

    kind = forms.ChoiceField(label=_("题型"), choices=ItemKind.choices, widget=forms.RadioSelect)


class ItemForm(PicturesForm):
    """One item. ``said`` is what it says so far; ``is_valid`` whether it may be kept like that."""

    rows = forms.IntegerField(required=False, widget=forms.HiddenInput)
    stem = forms.CharField(
        label=_("题干"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": words.FAULTS["stem_missing"]},
    )
    position = forms.IntegerField(label=_("小题号"), min_value=1, max_value=50)
    point = forms.CharField(label=_("知识点"), required=False)
    difficulty = forms.TypedChoiceField(
        label=_("难度"), choices=Difficulty.choices, coerce=int, initial=Difficulty.MIDDLE
    )
    cognition = forms.ChoiceField(label=_("认知层次"), choices=Cognition.choices)
    source = forms.CharField(
        label=_("出处"), required=False, help_text=_("规范编号和条款、教材页码，或“自编”。")
    )
    analysis = forms.CharField(
        label=_("解析"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        question_set: QuestionSet,
        case: Case | None = None,
        said: Content | None = None,
        kept: dict[int, StoredFile] | None = None,
    ) -> None:
        self.kind, self.case, self.before = Kind(kind), case, said
        initial = _initial(said) if said else None
        super().__init__(data, initial=initial, auto_id="item-%s", kept=kept or {})
        self.row_count = self._rows(data)
        self._add_rows()
        self._offer_points(question_set)
        if case is None:
            del self.fields["position"]
        if self.kind == Kind.BLANK:
            self.fields["stem"].help_text = _("要填的地方写成两条以上下划线，例如 ____。")

    def _rows(self, data: Any) -> int:
        rows = rows_of(self.kind)
        wanted = [FEWEST_ROWS[rows]]
        if data is not None and str(data.get("rows", "")).isdigit():
            wanted.append(int(data["rows"]))
            wanted[-1] += 2 if "more" in data else 0
        start = f"{rows}_what_" if rows == "rubric" else f"{rows}_"
        filled = [
            name.removeprefix(start)
            for name in (*self.initial, *(data or ()))
            if name.startswith(start)
        ]
        places = [
            LETTERS.find(end) + 1 if rows == "option" else int(end)
            for end in filled
            if end.isdigit() or end in LETTERS
        ]
        return min(MOST_ROWS, max([*wanted, *places]))

    def _add_rows(self) -> None:
        numbers = range(1, self.row_count + 1)
        if self.kind in CHOICES:
            self._add_choices()
        elif self.kind == Kind.BLANK:
            for number in numbers:
                self.fields[f"blank_{number}"] = forms.CharField(
                    label=_("第 %(n)d 空") % {"n": number}, required=False, max_length=500
                )
            self.fields["ordered"] = forms.BooleanField(
                label=_("各空按顺序对应"), required=False, initial=True
            )
        else:
            for number in numbers:
                self.fields[f"rubric_what_{number}"] = forms.CharField(
                    label=_("要点 %(n)d") % {"n": number}, required=False, max_length=500
                )
                self.fields[f"rubric_points_{number}"] = forms.CharField(
                    label=_("要点 %(n)d 的分数") % {"n": number}, required=False, max_length=8
                )
            self.fields["sample"] = forms.CharField(
                label=_("参考答案"),
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    def _add_choices(self) -> None:
        if self.kind == Kind.JUDGE:
            texts = dict(enumerate(TRUE_FALSE))
            if self.before and len(self.before.options) == len(TRUE_FALSE):
                texts = dict(enumerate(self.before.options))
            choices = [(LETTERS[n], text) for n, text in texts.items()]
            self.fields["right"] = forms.ChoiceField(
                label=_("答案"), required=False, choices=choices, widget=forms.RadioSelect
            )
            return
        letters = LETTERS[: self.row_count]
        for letter in letters:
            self.fields[f"option_{letter}"] = forms.CharField(
                label=_("选项 %(letter)s") % {"letter": letter}, required=False
            )
        field = forms.MultipleChoiceField if self.kind == Kind.MULTIPLE else forms.ChoiceField
        self.fields["right"] = field(
            label=_("答案"), required=False, choices=[(letter, letter) for letter in letters]
        )

    def _offer_points(self, question_set: QuestionSet) -> None:
        known = contents.points_of(question_set.job)
        if not known:
            return
        offered: list[Any] = [("", _("还没有定"))]
        for unit, topics in known.items():
            inside = [(unit, _("%(unit)s（整个单元）") % {"unit": unit})]
            offered.append((unit, inside + [(topic, topic) for topic in topics if topic != unit]))
        titles = {*known, *(topic for topics in known.values() for topic in topics)}
        old = self.before.point if self.before else ""
        if old and old not in titles:
            offered.append((old, _("%(point)s（现行大纲里没有）") % {"point": old}))
        self.fields["point"] = forms.ChoiceField(
            label=_("知识点"),
            required=False,
            choices=offered,
            help_text=_("本岗位现行大纲的单元和知识点。"),
        )

    def quiet(self) -> "ItemForm":
        """Draw what was typed again without saying what is wrong with it."""
        self._errors = ErrorDict()
        self.cleaned_data = {}
        return self

    # what it says

    @cached_property
    def said(self) -> Content:
        """The item as far as it is written."""
        return Content(
            kind=self.kind,
            stem=self.typed("stem"),
            options=self._options(),
            key=self._key(),
            point=self.typed("point"),
            difficulty=int(self.typed("difficulty") or 0) or Difficulty.MIDDLE,
            cognition=self.typed("cognition") or Cognition.RECALL,
            source=self.typed("source"),
            analysis=self.typed("analysis"),
            case=self.case,
            position=self._place(),
            pictures=self.pictures(),
        )

    def _place(self) -> int | None:
        if self.case is None:
            return None
        text = self.typed("position")
        return int(text) if text.isdigit() else None

    def _options(self) -> tuple[str, ...]:
        if self.kind == Kind.JUDGE:
            right: Any = self.fields["right"]
            return tuple(text for _letter, text in right.choices)
        if self.kind not in CHOICES:
            return ()
        texts = [self.typed(f"option_{letter}") for letter in LETTERS[: self.row_count]]
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)

    def _key(self) -> Any:
        if self.kind in CHOICES:
            value = self["right"].value() or ""
            return "".join(sorted(set(value))) if isinstance(value, list) else str(value)
        numbers = range(1, self.row_count + 1)
        if self.kind == Kind.BLANK:
            lines = [self.typed(f"blank_{number}") for number in numbers]
            while lines and not lines[-1]:
                lines.pop()
            variants = [[way.strip() for way in line.split("|") if way.strip()] for line in lines]
            return {"blanks": variants, "ordered": bool(self["ordered"].value())}
        rows = [
            {"what": self.typed(f"rubric_what_{n}"), "points": self.typed(f"rubric_points_{n}")}
            for n in numbers
        ]
        filled = [row for row in rows if row["what"] or row["points"]]
        return {"rubric": filled, "sample": self.typed("sample")}

    # what is wrong with it

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        for fault in contents.faults(self.said):
            if (place := self.place_of(fault.part)) not in self.errors:
                self.add_error(place, words.told(fault))
        return cleaned

    def place_of(self, part: str | None) -> str | None:
        """The field beside which a fault of this part is said."""
        if part == "options":
            return "right" if self.kind == Kind.JUDGE else "option_A"
        if part == "key":
            return {Kind.BLANK: "blank_1", Kind.ESSAY: "rubric_what_1"}.get(self.kind, "right")
        if part == "pictures":
            return self.first_without_words()
        return part if part in self.fields else None

    def places(self) -> dict[str, str]:
        """What parts of an item are called in this form, where it is something else."""
        return {part: self.place_of(part) or "" for part in ("options", "key", "pictures")}

    # what the template draws

    def option_rows(self) -> list[dict[str, Any]]:
        right = self["right"].value() or ""
        return [
            {"letter": letter, "field": self[f"option_{letter}"], "right": letter in right}
            for letter in LETTERS[: self.row_count]
        ]

    def blank_rows(self) -> list[Any]:
        return [self[f"blank_{number}"] for number in range(1, self.row_count + 1)]

    def rubric_rows(self) -> list[dict[str, Any]]:
        return [
            {"number": n, "what": self[f"rubric_what_{n}"], "points": self[f"rubric_points_{n}"]}
            for n in range(1, self.row_count + 1)
        ]

    @property
    def may_grow(self) -> bool:
        return self.kind != Kind.JUDGE and self.row_count < MOST_ROWS


def _initial(said: Content) -> dict[str, Any]:
    """A stored item as the form writes it."""
    found: dict[str, Any] = {
        "stem": said.stem,
        "position": said.position,
        "point": said.point,
        "difficulty": said.difficulty,
        "cognition": said.cognition,
        "source": said.source,
        "analysis": said.analysis,
    }
    return found | initial_pictures(said.pictures) | _initial_key(said)


def _initial_key(said: Content) -> dict[str, Any]:
    if isinstance(said.key, str):
        texts = {} if said.kind == Kind.JUDGE else dict(zip(LETTERS, said.options, strict=False))
        options = {f"option_{letter}": text for letter, text in texts.items()}
        right = list(said.key) if said.kind == Kind.MULTIPLE else said.key
        return {**options, "right": right}
    key = said.key
    if said.kind == Kind.BLANK:
        blanks = {f"blank_{n}": " | ".join(ways) for n, ways in enumerate(key["blanks"], 1)}
        return {**blanks, "ordered": key.get("ordered", True)}
    found: dict[str, Any] = {"sample": key.get("sample", "")}
    for n, row in enumerate(key.get("rubric", []), 1):
        found |= {f"rubric_what_{n}": row["what"], f"rubric_points_{n}": row["points"]}
    return found
