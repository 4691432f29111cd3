"""Licence, staff, rooms, stations, policies and platforms."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.institutions.forms.shared import Grouped, day, one_line, paper, rooms_of
from zhupei.institutions.models import (
    Licence,
    Platform,
    Policy,
    PolicyKind,
    Room,
    StaffMember,
    Station,
    Tenure,
)
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.syllabus.models import Job

YEAR = timedelta(days=365)


class LicenceForm(Grouped, forms.ModelForm[Licence]):
    jobs = forms.ModelMultipleChoiceField(
        label=_("办学内容"),
        queryset=Job.objects.order_by("code"),
        widget=forms.CheckboxSelectMultiple,
    )
    paper = paper(_("许可证扫描件"))
    rows = (("number", "issuer"), ("valid_from", "valid_until"))
    spans = (("valid_from", "valid_until"),)

    class Meta:
        model = Licence
        fields = ["number", "issuer", "valid_from", "valid_until", "jobs"]
        formfield_callback = one_line


class StaffForm(Grouped, forms.ModelForm[StaffMember]):
    proof = paper(_("聘书或社保证明"))
    rows = (
        ("post", "name"),
        ("title", "rank"),
        ("since", "managing_since"),
        ("charge", "full_time"),
    )

    class Meta:
        model = StaffMember
        fields = [
            "post",
            "name",
            "title",
            "rank",
            "since",
            "managing_since",
            "charge",
            "full_time",
        ]
        formfield_callback = one_line
        labels = {
            "title": _("职称（例如高级工程师）"),
            "charge": _("分管哪一类培训"),
        }
        help_texts = {"full_time": _("在本单位专职工作并缴纳社保")}


class RoomForm(Grouped, forms.ModelForm[Room]):
    fire_paper = paper(_("消防检查记录"))
    rows = (
        ("name", "use"),
        ("address",),
        ("seats", "computers"),
        ("tenure", "lease_until"),
        ("fire_checked_on", "fire_valid_until"),
    )
    spans = (("fire_checked_on", "fire_valid_until"),)

    class Meta:
        model = Room
        fields = [
            "name",
            "use",
            "seats",
            "computers",
            "stations",
            "address",
            "tenure",
            "lease_until",
            "fire_checked_on",
            "fire_valid_until",
        ]
        formfield_callback = one_line
        labels = {"lease_until": _("租期或协议至（自有的不填）")}
        help_texts = {"stations": _("合计；各工种的工位在登记场地后分别登记")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        for name in ("stations", "computers"):
            fields[name].required = False
        fields["tenure"].required = False
        fields["fire_checked_on"].law = "第十三条"

    def clean_stations(self) -> int:
        return self.cleaned_data["stations"] or 0

    def clean_computers(self) -> int:
        return self.cleaned_data["computers"] or 0

    def clean_tenure(self) -> str:
        return self.cleaned_data["tenure"] or Tenure.OWNED

    def clean_lease_until(self) -> Any:
        """The message belongs beside the term."""
        until = self.cleaned_data["lease_until"]
        if until is None and self.cleaned_data.get("tenure", Tenure.OWNED) != Tenure.OWNED:
            raise forms.ValidationError(_("租赁或依托的场地要写明租期或协议到哪一天。"))
        return until


class FireCheckForm(Grouped):
    fire_checked_on = day(_("检查日期"))
    fire_valid_until = day(_("下次检查不晚于"))
    fire_paper = paper(_("消防检查记录"), required=True)
    rows = (("fire_checked_on", "fire_valid_until"),)
    spans = rows

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        usual = {"fire_checked_on": today, "fire_valid_until": today + YEAR}
        super().__init__(*args, **{"initial": usual} | kwargs)
        fields: Any = self.fields
        fields["fire_checked_on"].law = "第十三条"


class StationForm(forms.ModelForm[Station]):
    class Meta:
        model = Station
        fields = ["room", "job", "count"]

    def __init__(self, *args: Any, organization: Organization, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["room"].queryset = rooms_of(organization, user)
        fields["job"].queryset = Job.objects.order_by("code")


class StationCountForm(forms.ModelForm[Station]):
    class Meta:
        model = Station
        fields = ["count"]


class PolicyForm(Grouped, forms.ModelForm[Policy]):
    file = paper(_("制度文本"), required=True)
    rows = (("kind",), ("title", "adopted_on"))

    class Meta:
        model = Policy
        fields = ["kind", "title", "adopted_on"]
        formfield_callback = one_line
        help_texts = {"kind": _("同一类已有的版本会被这一版取代")}

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        if kind in PolicyKind.values:
            kwargs["initial"] = {"kind": kind, "title": PolicyKind(kind).label}
        super().__init__(*args, **kwargs)


class PlatformForm(Grouped, forms.ModelForm[Platform]):
    paper = paper(_("评估结论"))
    rows = (("name", "url"), ("owner", "provider"), ("assessed_on", "valid_until"))
    spans = (("assessed_on", "valid_until"),)

    class Meta:
        model = Platform
        fields = ["name", "url", "owner", "provider", "assessed_on", "valid_until"]
        formfield_callback = one_line

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["url"].widget.attrs["placeholder"] = "https://"
        fields["assessed_on"].law = "第十五条"
