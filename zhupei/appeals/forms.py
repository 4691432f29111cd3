"""Reading what candidates ask and what officers answer."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.appeals.models.cases import BreachChoices
from zhupei.marking.actions import worth_of
from zhupei.marking.models import Script
from zhupei.practical.actions import corrections, results
from zhupei.practical.models import Turn


def _words(label: Any, rows: int = 4, help_text: Any = "", required: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=2000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required or _("请填写。")},
    )


class GroundsForm(forms.Form):
    """Why a mark is doubted."""

    grounds = _words(_("哪里有疑问"), help_text=_("写得越具体，核对得越清楚。2000 字以内。"))


class StatementForm(forms.Form):
    """What the person says to what they are told."""

    statement = _words(
        _("您的陈述申辩"), rows=6, help_text=_("2000 字以内，提交后不能再改，期满以前可以再补充。")
    )
    waive = forms.BooleanField(
        label=_("我说完了，不再补充"),
        required=False,
        help_text=_("勾选后可以在期满以前作出决定；不勾选，期满以后才决定"),
    )


class FactsForm(forms.Form):
    """What is said to have happened, where the category is given."""

    facts = _words(
        _("事实"), rows=5, help_text=_("何时、何地、什么行为、谁看到的。当事人会看到这一段。")
    )


class CaseForm(FactsForm):
    """What was seen."""

    field_order = ("breach", "facts", "file")
    breach = forms.ChoiceField(
        label=_("类别"),
        choices=BreachChoices.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择类别。")},
    )
    file = forms.FileField(label=_("材料（可不交，照片或 PDF，20 MB 以内）"), required=False)


class EvidenceForm(forms.Form):
    """One more paper."""

    file = forms.FileField(
        label=_("补充材料（照片或 PDF，20 MB 以内）"),
        error_messages={"required": _("请选择文件。")},
    )


class CorrectionForm(forms.Form):
    """New points of the written answers of one attempt, and why."""

    def __init__(self, scripts: Iterable[Script], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for script in scripts:
            worth = worth_of(script)
            facts = {"number": script.place + 1, "worth": worth}
            self.fields[f"place-{script.place}"] = forms.DecimalField(
                label=_("第 %(number)d 题（0 到 %(worth)s 分）") % facts,
                min_value=Decimal(0),
                max_value=worth,
                decimal_places=2,
                initial=(worth * (script.share_over or 0) / (script.share_under or 1)).quantize(
                    Decimal("0.01")
                ),
                error_messages={"max_value": _("这一题最多 %(worth)s 分。") % facts},
            )
        self.fields["note"] = _words(_("复核意见"), required=_("请写明为什么更正，考生会看到。"))

    @property
    def points(self) -> dict[int, Decimal]:
        return {
            int(name.removeprefix("place-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("place-")
        }


class TurnCorrectionForm(forms.Form):
    """What every sheet of a practical turn should say, and why: a field for each criterion of each
    sheet, ``sheet-place-key``; fatal errors are ticked.
    """

    def __init__(self, turn: Turn, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rubric = turn.session.rubric.values
        self.places = []
        for sheet in turn.sheets.prefetch_related("taps").order_by("place"):
            said = results.reading(sheet.taps.all())
            self.places.append(sheet.place)
            for key, one in rubric.criteria().items():
                facts = {"place": sheet.place, "text": one.text, "worth": one.weight}
                self.fields[f"sheet-{sheet.place}-{key}"] = forms.DecimalField(
                    label=_("第 %(place)d 张　%(text)s（0 到 %(worth)s 分）") % facts,
                    min_value=Decimal(0),
                    max_value=Decimal(one.weight),
                    decimal_places=2,
                    initial=format(said.points.get(key, Decimal(0)).normalize(), "f"),
                    error_messages={"max_value": _("这一项最多 %(worth)s 分。") % facts},
                )
            if rubric.fatal:
                self.fields[f"fatal-{sheet.place}"] = forms.MultipleChoiceField(
                    label=_("第 %(place)d 张　否决项") % {"place": sheet.place},
                    choices=[(one.key, one.text) for one in rubric.fatal],
                    initial=list(said.fatal),
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )
        self.fields["note"] = _words(_("复核意见"), required=_("请写明为什么更正，考生会看到。"))

    @property
    def sheets(self) -> dict[int, corrections.Said]:
        said = self.cleaned_data
        return {
            place: corrections.Said(
                {
                    name.removeprefix(f"sheet-{place}-"): value
                    for name, value in said.items()
                    if name.startswith(f"sheet-{place}-")
                },
                frozenset(said.get(f"fatal-{place}", ())),
            )
            for place in self.places
        }
