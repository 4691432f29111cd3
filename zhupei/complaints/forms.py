"""Reading what officers and the bodies asked type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.complaints.forms_public import DAY, PAPERS, words
from zhupei.complaints.models import Complaint, Ground, KindChoices, Outcome, State
from zhupei.core.templatetags.ui import dated
from zhupei.core.upload_field import SeveralFilesField
from zhupei.corrections.models import KindOfFinding, Severity
from zhupei.organizations.models import Organization
from zhupei.people.models import User


class ListForm(forms.Form):
    """What of a list is shown."""

    q = forms.CharField(label=_("编号或单位"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *State.choices]
    )
    kind = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), *KindChoices.choices]
    )
    only = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[
            ("", _("全部")), ("mine", _("我办理的")), ("open", _("办理中")), ("late", _("逾期")),
            ("escalated", _("已升级到厅")),
        ],
    )  # fmt: skip


class PersonField(forms.ModelChoiceField[User]):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class AssignForm(forms.Form):
    investigator = PersonField(
        label=_("经办人"),
        queryset=User.objects.none(),
        empty_label=_("请选择"),
        help_text=_("与被投诉单位有利害关系的人已经排除。"),
        error_messages={"required": _("请选择经办人。"), "invalid_choice": _("这个人不能办理。")},
    )


class SayForm(forms.Form):
    text = words(_("给投诉人的话"), 5, help_text=_("投诉人凭编号和查询码看到，不要写他人信息。"))


class RefuseForm(SayForm):
    ground = forms.ChoiceField(
        label=_("不予受理的理由"),
        choices=[("", _("请选择")), *Ground.choices],
        error_messages={"required": _("请选择不予受理的理由。")},
    )
    field_order = ("ground", "text")


class NoteForm(forms.Form):
    text = words(_("调查记录"), 4, help_text=_("只有办理单位看到。"))


class UrgeForm(forms.Form):
    text = words(_("督办意见"), 3)


class AskForm(forms.Form):
    statement = words(
        _("询问事项"),
        6,
        help_text=_("机构只看到这一段。用自己的话写，不要写投诉人姓名、电话，不要照抄原话。"),
        missing=_("请写明要它说明什么。"),
    )
    name_class = forms.BooleanField(
        label=_("告诉机构是哪个班"),
        required=False,
        help_text=_("班里人少时，说出班级可能让人猜到是谁。"),
    )
    checked = forms.BooleanField(label=_("已逐句核对，认不出投诉人"), required=False)


class LeadingField(forms.ModelChoiceField[Complaint]):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.number} {obj.get_kind_display()}（{dated(obj.filed_at)}）"


class JoinForm(forms.Form):
    """Which complaint about the same matter this one is answered with."""

    leading = LeadingField(
        label=_("主办件"),
        queryset=Complaint.objects.none(),
        empty_label=_("请选择"),
        help_text=_("由本单位办理、还没有答复的同一单位的投诉；一般选最早的一件。"),
        error_messages={
            "required": _("请选择主办件。"),
            "invalid_choice": _("这件投诉不能作主办件，请刷新后再选。"),
        },
    )


class ExtendForm(forms.Form):
    """More time for the result, and why."""

    until = forms.DateField(
        label=_("延期到"), widget=DAY, error_messages={"required": _("请选择延期到哪一天。")}
    )
    reason = words(
        _("延期理由"),
        3,
        help_text=_("批准后投诉人会看到，不要写他人信息。"),
        missing=_("请写明为什么不能按期答复。"),
    )


class ReasonForm(forms.Form):
    """A move that wants a reason."""

    note = words(_("理由"), 3, missing=_("请写明理由。"))


class DecideForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("认定"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择认定结果。")},
    )
    finding = words(_("查明的情况"), 5, missing=_("请写明查明的情况。"))


class FindingForm(forms.Form):
    """What was found true, as something the body has to put right."""

    text = words(_("问题"), 4, help_text=_("机构会看到，不要写投诉人。"))
    law = forms.CharField(
        label=_("依据"), max_length=200, error_messages={"required": _("请写明依据哪一条。")}
    )
    severity = forms.ChoiceField(
        label=_("程度"),
        choices=Severity.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择问题的程度。")},
    )
    kind = forms.ChoiceField(label=_("类别"), choices=KindOfFinding.choices)


class TransferForm(forms.Form):
    organization = forms.ModelChoiceField(
        label=_("转给"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("系统外的部门（填在下面）"),
    )
    outside = forms.CharField(
        label=_("系统外的部门"),
        max_length=60,
        required=False,
        help_text=_("例如 昌吉州市场监督管理局。转出后本系统不再办理。"),
    )
    reason = words(_("转办理由"), 3, help_text=_("投诉人会看到。"), missing=_("请写明转办理由。"))


class IdentityForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么要看"),
        max_length=200,
        error_messages={"required": _("请写明为什么要看，会记下来。")},
    )


class AnswerForm(forms.Form):
    """What a body says to what it is asked."""

    text = words(_("情况说明"), 8, missing=_("请写明情况。"))
    papers = SeveralFilesField(
        accept=PAPERS, label=_("有关材料"), help_text=_("图片或 PDF，每个 20 MB 以内。")
    )


class ChannelForm(forms.Form):
    phone = forms.CharField(
        label=_("投诉电话"), max_length=60, error_messages={"required": _("请写投诉电话。")}
    )
    hours = forms.CharField(
        label=_("受理时间"),
        max_length=80,
        required=False,
        help_text=_("例如 工作日 10:00–14:00、16:00–20:00（北京时间）"),
    )


class PeriodForm(forms.Form):
    """From which day to which complaints are counted."""

    first = forms.DateField(label=_("从"), required=False, widget=DAY)
    last = forms.DateField(label=_("到"), required=False, widget=DAY)
