"""Reading what somebody looks for in the public list of classes."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models.plan import ClassQuerySet
from zhupei.organizations.models import Division, Organization


class CatalogueFilters(forms.Form):
    """Read from the address; a value that makes no sense filters nothing."""

    job = forms.CharField(
        label=_("岗位、工种或机构"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    prefecture = forms.ModelChoiceField(
        label=_("地州市"),
        queryset=Division.objects.prefectures(),
        required=False,
        empty_label=_("全区"),
    )
    when = forms.ChoiceField(
        label=_("开课时间"),
        required=False,
        choices=[
            ("", _("不限")),
            ("7", _("7 天内")),
            ("30", _("30 天内")),
            ("running", _("已开课，还能报")),
        ],
    )
    institution = forms.ModelChoiceField(
        queryset=Organization.objects.public(), required=False, widget=forms.HiddenInput
    )

    def narrow(self, classes: ClassQuerySet, today: date) -> ClassQuerySet:
        """The classes that answer what was asked."""
        self.is_valid()
        asked = self.cleaned_data
        classes = classes.found_by(asked.get("job", ""))
        if asked.get("prefecture"):
            classes = classes.filter(prefecture=asked["prefecture"])
        if asked.get("institution"):
            classes = classes.filter(organization=asked["institution"])
        when = asked.get("when", "")
        if when == "running":
            return classes.filter(starts_on__lte=today)
        if when:
            last = today + timedelta(days=int(when))
            return classes.filter(starts_on__range=(today, last))
        return classes
