"""Reading input about archives."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.archives.models import Subject


class FilterForm(forms.Form):
    """The filters of the list, kept in the address."""

    q = forms.CharField(label=_("名称或编号"), required=False)
    subject = forms.ChoiceField(
        label=_("种类"), required=False, choices=[("", _("全部")), *Subject.choices]
    )
