"""Reading what candidates ask and what officers answer."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.appeals.models.cases import BreachChoices
from zhupei.marking.actions import worth_of
from zhupei.marking.models import Script


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

    statement = _words(_("您的陈述申辩"), rows=6, help_text=_("2000 字以内，提交后不能再改。"))


class CaseForm(forms.Form):
    """What was seen."""

    breach = forms.ChoiceField(
        label=_("类别"),
        choices=BreachChoices.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择类别。")},
    )
    facts = _words(
        _("事实"), rows=5, help_text=_("何时、何地、什么行为、谁看到的。当事人会看到这一段。")
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
