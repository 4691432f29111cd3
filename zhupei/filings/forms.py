"""Reading what a filing says: shapes and widgets. What may be is in the actions."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.filings import words
from zhupei.filings.models import Filing, PaperKind, State
from zhupei.institutions.models import Licence
from zhupei.organizations.models import Division, Level, Organization
from zhupei.syllabus.models import Job

DATE = {"type": "date"}
SHORTEST_PHONE = 7  # digits of a local number
PHONE_LETTERS = set("0123456789+-()（）/、 转")
NO_LICENCE = _("还没有登记办学许可证，没有可选的职业。请属地住建局核对原件登记后再来。")
GROUPS = (
    ("jobs",),
    ("division", "address"),
    ("valid_from", "valid_until"),
    ("learners",),
    ("contact", "contact_phone"),
)


class FilingFilters(forms.Form):
    """What stands in the address of the list."""

    q = forms.CharField(label=_("编号、机构或地址"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *State.choices]
    )
    prefecture = forms.ModelChoiceField(
        Division.objects.prefectures(),
        label=_("办学地州市"),
        required=False,
        empty_label=_("全部"),
    )


class CopyFilters(forms.Form):
    """What stands in the address of the list of copies."""

    q = forms.CharField(label=_("编号、机构或地址"), required=False)
    unread = forms.BooleanField(label=_("只看没打开的"), required=False)


class _Division(forms.ModelChoiceField[Division]):
    def label_from_instance(self, division: Any) -> str:
        return f"{division.parent.short_name} {division.name}"


class FilingForm(forms.ModelForm[Filing]):
    """What a filing says, its papers apart."""

    division = _Division(
        Division.objects.none(),
        label=_("办学县市"),
        help_text=_("本地州市以外；受理的是这个地州市的人社部门"),
    )
    jobs = forms.ModelMultipleChoiceField(
        Job.objects.none(),
        label=_("职业（工种）"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("办学许可证上有的才能选"),
        error_messages={"required": _("请至少选择一个职业（工种）。")},
    )
    learners = forms.IntegerField(
        label=_("预计人数（1–5000）"),
        min_value=1,
        max_value=5000,
        error_messages=dict.fromkeys(
            ("min_value", "max_value"), _("预计人数应在 1 到 5000 之间。请改正。")
        ),
    )

    class Meta:
        model = Filing
        fields = [
            "jobs",
            "division",
            "address",
            "valid_from",
            "valid_until",
            "learners",
            "contact",
            "contact_phone",
        ]
        widgets = {
            "address": forms.TextInput,
            "valid_from": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "valid_until": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "contact": forms.TextInput,
            "contact_phone": forms.TextInput(attrs={"type": "tel"}),
        }
        help_texts = {
            "address": _("乡镇街道、门牌号和场地名称"),
            "valid_from": _("备案成功后才能开班"),
            "valid_until": _("过了这一天，要另行备案"),
            "contact": _("办学地的人，主管部门有事找他"),
            "contact_phone": _("手机，或带区号的固定电话"),
        }

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        named = Licence.objects.filter(organization=organization).values("jobs")
        kept = Q(pk__in=self.instance.jobs.all()) if self.instance.pk else Q(pk__in=[])
        fields["jobs"].queryset = Job.objects.filter(Q(pk__in=named) | kept).order_by("code")
        if not fields["jobs"].queryset:
            fields["jobs"].help_text = NO_LICENCE
        counties = Division.objects.on(timezone.localdate()).filter(
            level=Level.COUNTY, parent__level=Level.PREFECTURE
        )
        elsewhere = counties.exclude(parent=organization.prefecture_id)
        fields["division"].queryset = elsewhere.select_related("parent").order_by("code")
        for name, article in {"jobs": "第九条", "division": "第十条"}.items():
            fields[name].law = article

    def groups(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        return [[self[name] for name in names] for names in GROUPS]

    def clean_contact_phone(self) -> str:
        """Officials ring it: a number, however it is parted."""
        phone: str = self.cleaned_data["contact_phone"]
        digits = sum(letter.isdigit() for letter in phone)
        if digits < SHORTEST_PHONE or set(phone) - PHONE_LETTERS:
            raise forms.ValidationError(
                _("这不像电话号码。请填写手机号，或者带区号的固定电话，例如 0998-2200000。")
            )
        return phone

    def clean_valid_until(self) -> Any:
        """The message belongs beside the later of the two dates."""
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data["valid_until"]
        if first and last < first:
            raise forms.ValidationError(_("结束早于开始，请检查两个日期。"))
        return last


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=PaperKind)
    file = forms.FileField(
        label=_("文件（至多 20 MB）"), help_text=_("PDF、图片或 Office 文档"), allow_empty_file=True
    )


class ReasonForm(forms.Form):
    """One reason to send a filing back, attached to a field of it."""

    field = forms.ChoiceField(
        label=_("哪一项"), choices=[("", _("选择一项")), *words.FIELDS.items()]
    )
    text = forms.CharField(label=_("哪里不符，怎样改"), widget=forms.Textarea(attrs={"rows": 2}))
    law = forms.CharField(label=_("依据"), required=False)


ReasonFormSet = forms.formset_factory(ReasonForm, extra=3)
