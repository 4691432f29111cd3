"""Reading what somebody looks for in the public list of classes, and who they prove to be."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models.plan import ClassQuerySet
from zhupei.organizations.models import Division, Level, Organization
from zhupei.people.forms import code_field, password_field, shortest_password
from zhupei.people.rules import id_number_fault, normalise_id_number
from zhupei.people.sentences import FAULTS
from zhupei.syllabus.models import Job


class CatalogueFilters(forms.Form):
    """Read from the address; a value that makes no sense filters nothing."""

    job = forms.CharField(
        label=_("班级、岗位或机构"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    trade = forms.ModelChoiceField(
        label=_("岗位工种"),
        queryset=Job.objects.order_by("code"),
        required=False,
        empty_label=_("全部"),
    )
    prefecture = forms.ChoiceField(label=_("地州市或县市"), required=False)
    when = forms.ChoiceField(
        label=_("开课时间"),
        required=False,
        choices=[
            ("", _("不限")),
            ("7", _("7 天内")),
            ("30", _("30 天内")),
            ("90", _("90 天内")),
            ("running", _("已开课，还能报")),
        ],
    )
    way = forms.ChoiceField(
        label=_("方式"),
        required=False,
        choices=[("", _("不限")), ("face", _("全部面授")), ("online", _("有线上课"))],
    )
    places = forms.ChoiceField(
        label=_("名额"), required=False, choices=[("", _("不限")), ("free", _("还有名额"))]
    )
    institution = forms.ModelChoiceField(
        queryset=Organization.objects.public(), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["prefecture"].choices = [("", _("全区")), *_places()]

    def narrow(self, classes: ClassQuerySet, today: date) -> ClassQuerySet:
        """The classes that answer what was asked."""
        self.is_valid()
        asked = self.cleaned_data
        classes = classes.found_by(asked.get("job", ""))
        if asked.get("trade"):
            classes = classes.filter(syllabus__job=asked["trade"])
        if code := asked.get("prefecture"):
            classes = classes.filter(Q(prefecture=code) | Q(division=code))
        if asked.get("institution"):
            classes = classes.filter(organization=asked["institution"])
        if way := asked.get("way"):
            classes = classes.held(online=way == "online")
        if asked.get("places"):
            classes = classes.open_to_late_comers().filter(seats__gt=F("taken") + F("kept"))
        return _begun(classes, asked.get("when", ""), today)


def _begun(classes: ClassQuerySet, when: str, today: date) -> ClassQuerySet:
    if when == "running":
        return classes.filter(starts_on__lte=today)
    if when:
        last = today + timedelta(days=int(when))
        return classes.filter(starts_on__range=(today, last))
    return classes


def _places() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each prefecture, and its counties below it."""
    divisions = Division.objects.on(timezone.localdate()).order_by("code")
    rows = list(divisions.filter(level__in=[Level.PREFECTURE, Level.COUNTY]))
    return [
        (
            place.short_name,
            [
                (place.code, str(_("%(place)s全境")) % {"place": place.short_name}),
                *((row.code, row.name) for row in rows if row.parent_id == place.code),
            ],
        )
        for place in rows
        if place.level == Level.PREFECTURE
    ]


class ProveForm(forms.Form):
    """The code of the phone that was invited, one's number, and a password to come back with."""

    code = code_field()
    id_number = forms.CharField(
        label=_("身份证号码"),
        max_length=40,
        error_messages={"required": FAULTS["id_missing"]},
        help_text=_("18 位，最后一位可能是 X。用来核对您就是被邀请的人。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    password = password_field(_("设一个密码"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = shortest_password()

    def clean_id_number(self) -> str:
        number = normalise_id_number(self.cleaned_data["id_number"])
        if fault := id_number_fault(number, on=timezone.localdate()):
            raise forms.ValidationError(FAULTS[fault], fault)
        return number

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password
