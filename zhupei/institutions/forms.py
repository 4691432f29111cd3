"""Reading a room and a licence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.institutions.models import Licence, Room
from zhupei.syllabus.models import Job


class RoomForm(forms.ModelForm[Room]):
    class Meta:
        model = Room
        fields = ["name", "use", "seats", "stations", "address"]
        widgets = {"name": forms.TextInput(), "address": forms.TextInput()}


class LicenceForm(forms.ModelForm[Licence]):
    jobs = forms.ModelMultipleChoiceField(
        label=_("办学内容"),
        queryset=Job.objects.order_by("code"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Licence
        fields = ["number", "valid_from", "valid_until", "jobs"]
        widgets = {
            "number": forms.TextInput(),
            "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "valid_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
