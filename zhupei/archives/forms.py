"""Reading input about archives."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.archives.models import Subject
from zhupei.core.upload_field import LargeFileField


class RecordingForm(forms.Form):
    """Sound and pictures of the room, from when to when."""

    label = forms.CharField(
        label=_("机位，例如“前门全景”"),
        max_length=60,
        error_messages={"required": _("请写机位，日后才知道拍的是哪里。")},
    )
    begins_at = forms.DateTimeField(
        label=_("开始（北京时间）"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("请写从什么时候开始录的。")},
    )
    ends_at = forms.DateTimeField(
        label=_("结束（北京时间）"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("请写录到什么时候。")},
    )
    file = LargeFileField(
        label=_("录像或录音（MP4、WebM、MP3 等，断网可续传）"),
        error_messages={"required": _("请选择文件。")},
    )


class FilterForm(forms.Form):
    """The filters of the list, kept in the address."""

    q = forms.CharField(label=_("名称或编号"), required=False)
    subject = forms.ChoiceField(
        label=_("种类"), required=False, choices=[("", _("全部")), *Subject.choices]
    )
