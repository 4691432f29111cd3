"""Reading records of help and pairings: shapes and widgets."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.assistance.models import Assistance, HelpKind, Pairing, State, counties
from zhupei.classes.models import EFFECTIVE, TrainingClass
from zhupei.core.upload_field import LargeFileField
from zhupei.organizations.models import Division, Kind, Organization

DATE = {"type": "date"}
ANY = ("", _("全部"))
FIRST_YEAR = 2023  # the year of the first notice


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"), **more
    )


def years() -> list[int]:
    """The years there can be help of, the newest first."""
    return list(range(timezone.localdate().year, FIRST_YEAR - 1, -1))


class Filters(forms.Form):
    """What stands in the address of the list."""

    q = forms.CharField(label=_("编号、名称、机构或县市"), required=False)
    year = forms.TypedChoiceField(label=_("年度"), required=False, coerce=int, empty_value=None)
    kind = forms.ChoiceField(label=_("方式"), required=False, choices=[ANY, *HelpKind.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *State.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["year"]
        chosen.choices = [ANY, *((year, year) for year in years())]


class CountyField(forms.ModelChoiceField[Division]):
    """A county with its prefecture; those one is paired with come first and say so."""

    paired: frozenset[str] = frozenset()

    def label_from_instance(self, division: Any) -> str:
        words = f"{division.parent.short_name} {division.name}"
        return (
            str(_("%(county)s（对口）") % {"county": words})
            if division.pk in self.paired
            else words
        )


class HelpForm(forms.ModelForm[Assistance]):
    """A record of help; which fields there are depends on its kind."""

    county = CountyField(Division.objects.none(), label=_("受援县市"))
    started_on = _day(_("开始日期"))
    ended_on = _day(_("完成日期"))

    class Meta:
        model = Assistance
        fields = (
            "county",
            "title",
            "story",
            "started_on",
            "ended_on",
            "training_class",
            "typed",
            "address",
            "stations",
        )
        widgets = {
            "title": forms.TextInput(),
            "story": forms.Textarea(attrs={"rows": 4}),
            "address": forms.TextInput(),
        }
        help_texts = {
            "title": _("例如：疏附县砌筑工培训、疏附县建筑实训基地"),
            "story": _("谁、在哪里、做了什么、结果怎样"),
            "training_class": _("在受援县市办的班；人次从考勤算出，不用填"),
            "typed": _("没有对应班级时填，并上传花名册"),
        }

    def __init__(self, *args: Any, kind: str, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        today = timezone.localdate()
        pairings = Pairing.objects.in_force(today).filter(organization=organization)
        fields["county"].paired = frozenset(pairings.values_list("county", flat=True))
        fields["county"].queryset = counties().order_by("code")
        fields["training_class"].queryset = TrainingClass.objects.filter(
            organization=organization, state__in=[*EFFECTIVE, "finished"]
        ).order_by("-starts_on", "-pk")
        unwanted = {
            HelpKind.TRAINING: ("address", "stations"),
            HelpKind.BASE: ("training_class", "typed"),
        }
        for name in unwanted[HelpKind(kind)]:
            del fields[name]
        if kind == HelpKind.BASE:
            fields["address"].required = True
            fields["ended_on"].label = _("建成日期")

    def _post_clean(self) -> None:
        """What a row may hold is asked by the verb, with words of its own."""

    def said(self) -> dict[str, Any]:
        """What the verb takes; what this kind has no field for is empty."""
        empty = {"training_class": None, "typed": None, "stations": None, "address": ""}
        return empty | {name: self.cleaned_data[name] for name in self.fields}


class EvidenceForm(forms.Form):
    """One more paper."""

    file = LargeFileField(
        label=_("凭据"),
        help_text=_("花名册、协议、验收单、照片、录像等；照片和录像里的拍摄地点会去掉"),
    )


class PairingForm(forms.Form):
    """Which institution helps which county."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("培训机构"))
    county = CountyField(Division.objects.none(), label=_("对口县市"))
    since = _day(_("开始日期"))
    ground = forms.CharField(
        label=_("依据的文件或会议"), help_text=_("例如：2026 年对口帮扶工作方案")
    )

    def __init__(self, *args: Any, authority: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        bodies = Organization.objects.filter(authority.area(""), kind=Kind.INSTITUTION)
        fields["organization"].queryset = bodies.order_by("name")
        here = counties().order_by("code")
        if authority.kind == Kind.PREFECTURE_AUTHORITY:
            here = here.filter(parent=authority.prefecture_id)
        fields["county"].queryset = here


class EndForm(forms.Form):
    """The last day of a pairing."""

    until = _day(_("结束日期"))
    note = forms.CharField(label=_("理由（对方会看到）"), widget=forms.Textarea(attrs={"rows": 2}))
