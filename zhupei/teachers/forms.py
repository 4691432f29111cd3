"""Reading input about teachers: shapes and widgets. What may be is in the actions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import Division
from zhupei.people.sentences import FAULTS
from zhupei.syllabus.models import Job
from zhupei.teachers import words
from zhupei.teachers.models import EvidenceKind, Rank, State, Teacher
from zhupei.teachers.rules import SECONDS_PER_HOUR

DATE = {"type": "date"}
SCAN = _("PDF 或图片，至多 20 MB")
MOST_HOURS = 1000


def date_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, picked from a calendar."""
    widget = forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def scan_field(label: Any, *, required: bool = True) -> forms.FileField:
    """A document somebody scanned or photographed."""
    return forms.FileField(label=label, required=required, help_text=SCAN, allow_empty_file=True)


class PoolFilters(forms.Form):
    """What stands in the address of the list."""

    q = forms.CharField(label=_("姓名或职称"), required=False)
    trade = forms.ModelChoiceField(
        Job.objects.order_by("code"), label=_("工种"), required=False, empty_label=_("全部")
    )
    prefecture = forms.ModelChoiceField(
        Division.objects.none(), label=_("任教地州市"), required=False, empty_label=_("全部")
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *State.choices]
    )
    only = forms.ChoiceField(
        label=_("只看"),
        required=False,
        choices=[("", _("全部")), ("shared", _("多家共用")), ("expiring", _("材料快到期"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["prefecture"].queryset = Division.objects.prefectures()


class RosterFilters(forms.Form):
    """What stands in the address of an institution's own list."""

    q = forms.CharField(label=_("姓名"), required=False)
    trade = forms.ModelChoiceField(
        Job.objects.order_by("code"), label=_("工种"), required=False, empty_label=_("全部")
    )
    time = forms.ChoiceField(
        label=_("专兼职"),
        required=False,
        choices=[("", _("全部")), ("full", _("专职")), ("part", _("兼职"))],
    )


class FileForm(forms.Form):
    """What a teacher's file says, evidence apart."""

    title = forms.CharField(
        label=_("职称"), required=False, max_length=50, help_text=_("例如：工程师、高级技师")
    )
    rank = forms.ChoiceField(label=_("职称级别"), choices=Rank, initial=Rank.NONE)
    education = forms.ChoiceField(label=_("学历"), required=False)
    trades = forms.ModelMultipleChoiceField(
        Job.objects.order_by("code"),
        label=_("任教专业工种"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("提交审核前，每个工种都要有资格证明"),
    )

    def __init__(self, *args: Any, teacher: Teacher | None = None, **kwargs: Any) -> None:
        if teacher is not None:
            kwargs["initial"] = {
                "title": teacher.title,
                "rank": teacher.rank,
                "education": teacher.education,
                "trades": teacher.trades.all(),
            }
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["trades"].law = "第九条"
        known = list(words.EDUCATIONS)
        if teacher is not None and teacher.education and teacher.education not in known:
            known.append(teacher.education)
        fields["education"].choices = [("", _("请选择")), *((one, one) for one in known)]

    def say(self, reasons: Iterable[dict[str, Any]]) -> None:
        """Put the reasons of a return beside the fields they are about."""
        for reason in reasons:
            if reason["field"] in self.fields:
                field: Any = self.fields[reason["field"]]
                field.reasons = [*getattr(field, "reasons", []), reason]


class ProposeForm(FileForm):
    """The same, of a person named by their number."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=100,
        error_messages={"required": FAULTS["name_missing"]},
        help_text=_("和身份证上一样；名字里有点的，用“·”"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    id_number = forms.CharField(
        label=_("身份证号码"),
        max_length=40,
        error_messages={"required": FAULTS["id_missing"]},
        help_text=_("一个人在全区只有一份资料，凭身份证号认人"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    phone = forms.CharField(
        label=_("手机号"),
        max_length=20,
        error_messages={"required": FAULTS["phone_shape"]},
        help_text=_("本人用这个号码注册后，能看到自己的资料"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )

    field_order = ["name", "id_number", "phone", "title", "rank", "education", "trades"]


class EvidenceForm(forms.Form):
    """One piece of evidence."""

    kind = forms.ChoiceField(label=_("类别"), choices=EvidenceKind)
    name = forms.CharField(
        label=_("名称"), max_length=100, help_text=_("例如：工程师职称证书、砌筑工一级证书")
    )
    number = forms.CharField(label=_("证书编号"), max_length=60, required=False)
    issued_on = date_field(_("发证日期"))
    valid_until = date_field(_("有效期止"), required=False, help_text=_("长期有效的不填"))
    trades = forms.ModelMultipleChoiceField(
        Job.objects.none(),
        label=_("证明的专业工种"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("教师资格证、学历证等不针对工种的可以不选"),
    )
    file = scan_field(_("扫描件"))

    def __init__(self, *args: Any, teacher: Teacher, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        own = teacher.trades.order_by("code")
        pooled = teacher.state == State.ADMITTED
        fields["trades"].queryset = Job.objects.order_by("code") if pooled else own
        if not pooled:
            fields["trades"].initial = own


class ScanForm(forms.Form):
    file = scan_field(_("扫描件"))


class PapersForm(forms.Form):
    """The papers of an engagement; what is left empty of the files stays as it is."""

    full_time = forms.TypedChoiceField(
        label=_("专兼职"),
        choices=[("", _("请选择")), ("1", _("专职")), ("0", _("兼职"))],
        coerce=lambda word: word == "1",
        help_text=_("专职只能在一家机构"),
    )
    contract_until = date_field(_("合同或聘书期限"), required=False)
    contract = scan_field(_("合同或聘书"), required=False)
    insured_until = date_field(
        _("社保缴至"), required=False, help_text=_("专职教师要有社保缴费记录")
    )
    insurance = scan_field(_("社保缴费记录"), required=False)


class EngageForm(PapersForm):
    """The same, with the day it begins."""

    since = date_field(_("聘用日期"))

    field_order = ["full_time", "since"]


class EndForm(forms.Form):
    on = date_field(_("结束日期"))
    note = forms.CharField(
        label=_("说明"), required=False, max_length=200, help_text=_("对方会看到")
    )


class StudyForm(forms.Form):
    """One course a teacher took."""

    title = forms.CharField(label=_("研修内容"), max_length=100)
    host = forms.CharField(label=_("举办单位"), max_length=100)
    starts_on = date_field(_("开始日期"))
    ends_on = date_field(_("结束日期"))
    hours = forms.IntegerField(label=_("学时"), min_value=1, max_value=MOST_HOURS)
    file = scan_field(_("证明"))

    def course(self) -> dict[str, Any]:
        """The fields of the verb: hours become seconds."""
        said = dict(self.cleaned_data)
        return said | {"seconds": said.pop("hours") * SECONDS_PER_HOUR}


class ReasonForm(forms.Form):
    """One reason to send an application back, attached to an item of it."""

    field = forms.ChoiceField(
        label=_("哪一项"), choices=[("", _("选择一项")), *words.FIELDS.items()]
    )
    text = forms.CharField(label=_("哪里不符，怎样改"), widget=forms.Textarea(attrs={"rows": 2}))


ReasonFormSet = forms.formset_factory(ReasonForm, extra=3)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("花名册文件（至多 5 MB）"),
        help_text=_("Excel、WPS 或 CSV；要有姓名、身份证号、手机号、任教工种四列"),
        allow_empty_file=True,
    )
