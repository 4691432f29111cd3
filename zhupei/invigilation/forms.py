"""Reading what invigilators write."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhupei.exams.models import Candidate, Sitting
from zhupei.invigilation.models import (
    IdentityMethod,
    Incident,
    Notice,
    Reason,
    RoomLog,
    SafeBrowser,
)
from zhupei.venues.models import Seat

MOST_MINUTES = 120


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CheckInForm(forms.Form):
    """The document and the human before one candidate's seat."""

    method = forms.ChoiceField(
        label=_("核验方式"),
        choices=IdentityMethod,
        initial=IdentityMethod.DOCUMENT,
        widget=forms.RadioSelect,
    )
    last_four = forms.CharField(
        label=_("证件号码后四位"),
        help_text=_("对着证件输入，和报名信息核对；末位是 X 也要输"),
        max_length=18,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "text"}),
    )
    note = forms.CharField(
        label=_("说明"),
        help_text=_("用临时身份证明时必须写明凭什么确认是本人"),
        max_length=500,
        required=False,
        widget=lines(2),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        if self.data.get("method") == IdentityMethod.TEMPORARY:
            self.fields["last_four"].required = False


class RefusalForm(forms.Form):
    """Why somebody is sent away."""

    reason = forms.ChoiceField(
        label=_("不予入场的原因"), choices=[("", _("请选择")), *Reason.choices]
    )
    note = forms.CharField(label=_("说明"), max_length=500, required=False, widget=lines(2))


class UndoForm(forms.Form):
    """Why somebody who was let in is not in after all."""

    note = forms.CharField(
        label=_("撤销的原因"),
        help_text=_("例如：点错了人；旁边另一名监考员发现不是本人"),
        max_length=500,
        widget=lines(2),
    )


class IncidentForm(forms.ModelForm[Incident]):
    """One thing out of order; the photo straight from the phone's camera."""

    photo = forms.FileField(
        label=_("现场照片"),
        help_text=_("JPG 或 PNG，最多 20 MB；只拍与情况有关的内容"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
    )

    class Meta:
        model = Incident
        fields = ["candidate", "kind", "severity", "note"]
        widgets = {"note": lines(3), "severity": forms.RadioSelect}

    def __init__(self, sitting: Sitting, user: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        seats = Candidate.objects.visible_to(user).filter(sitting=sitting)
        self.fields["candidate"] = SeatField(seats.select_related("person").order_by("seat"))


class SeatField(forms.ModelChoiceField[Candidate]):
    """A seat of the sitting, or all of it."""

    def __init__(self, queryset: Any) -> None:
        super().__init__(
            queryset, label=_("涉及的考生"), required=False, empty_label=_("全场，不针对某一名考生")
        )

    def label_from_instance(self, obj: Candidate) -> str:
        return f"{obj.seat} 号 {obj.person.name}"


class SettleForm(forms.Form):
    outcome = forms.CharField(label=_("怎么处理的"), max_length=1000, widget=lines(2))


class NoticeForm(forms.ModelForm[Notice]):
    """Something said to every screen, or to one."""

    class Meta:
        model = Notice
        fields = ["candidate", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "maxlength": 300})}

    def __init__(self, sitting: Sitting, user: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        seats = Candidate.objects.visible_to(user).filter(sitting=sitting)
        field = SeatField(seats.select_related("person").order_by("seat"))
        field.label, field.empty_label = _("发给"), _("全场考生")
        self.fields["candidate"] = field


class OpeningForm(forms.ModelForm[RoomLog]):
    """What has to be so before anybody enters."""

    class Meta:
        model = RoomLog
        fields = ["room_ready", "devices_ready", "forms_sealed", "opening_note"]
        widgets = {"opening_note": lines(2)}


class ClosingForm(forms.Form):
    note = forms.CharField(
        label=_("考场情况小结"),
        help_text=_("例如：全程正常；或发生了什么、怎么处理的"),
        max_length=2000,
        widget=lines(4),
    )


class SafeBrowserForm(forms.ModelForm[SafeBrowser]):
    """The keys of the browsers of this sitting; the region's count too."""

    class Meta:
        model = SafeBrowser
        fields = ["exam_keys"]
        help_texts = {
            "exam_keys": _(
                "在 SEB 配置工具里打开本场的配置文件，把“浏览器考试密钥”抄到这里；"
                "每行一个，前面写版本。"
                "留空时只查配置密钥。"
            )
        }
        widgets = {"exam_keys": lines(3)}


class WaiverForm(forms.Form):
    reason = forms.CharField(label=_("为什么准许"), max_length=500, widget=lines(2))


class ActForm(forms.Form):
    """Minutes and a reason for what is done to one seat or to the room."""

    minutes = forms.IntegerField(
        label=_("补时（分钟）"), min_value=1, max_value=MOST_MINUTES, initial=5
    )
    reason = forms.CharField(
        label=_("原因"), help_text=_("记入监考日志，考生能看到"), max_length=300, widget=lines(2)
    )

    def __init__(self, *args: Any, with_minutes: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if not with_minutes:
            del self.fields["minutes"]


class PlaceField(forms.ModelChoiceField[Seat]):
    """A free seat: which, and whether it is kept spare."""

    def label_from_instance(self, obj: Seat) -> str:
        spare = _("（备用）") if obj.spare else ""
        return f"{obj}{spare}{f'　{obj.machine}' if obj.machine else ''}"


class MoveForm(forms.Form):
    """Where to, and why."""

    note = forms.CharField(
        label=_("原因"), help_text=_("记入监考日志"), max_length=300, widget=lines(2)
    )

    def __init__(self, free: QuerySet[Seat], *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["place"] = PlaceField(free, label=_("换到"), empty_label=_("请选择"))
        self.order_fields(["place", "note"])
