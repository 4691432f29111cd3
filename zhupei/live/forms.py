"""Reading how a room is registered, what was seen, and filters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.live import hooks
from zhupei.live.actions.rooms import Details
from zhupei.live.models import Outcome, Room, Way


class RoomForm(forms.Form):
    """How a class or an exam is looked into."""

    way = forms.ChoiceField(label=_("方式"), choices=Way.choices, widget=forms.RadioSelect)
    link = forms.CharField(
        label=_("会议链接"),
        required=False,
        help_text=_("会议软件给出的 https:// 链接；用推流时不填"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    passcode = forms.CharField(label=_("入会口令"), required=False, max_length=40)
    hint = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=300,
        help_text=_("例如：摄像头在教室后方，上课前 10 分钟接通"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not hooks.publish_address():  # no media server is set up here
            way = self.fields["way"]
            way.choices = [(Way.MEETING.value, Way.MEETING.label)]  # type: ignore[attr-defined]

    @classmethod
    def of(cls, room: Room | None) -> "RoomForm":
        """Filled with what is registered."""
        if room is None:
            return cls(initial={"way": Way.MEETING})
        names = ("way", "link", "passcode", "hint")
        return cls(initial={name: getattr(room, name) for name in names})

    @property
    def details(self) -> Details:
        """What was typed, once it is valid."""
        return Details(**self.cleaned_data)


class CloseForm(forms.Form):
    """What was seen."""

    outcome = forms.ChoiceField(
        label=_("看到的情况"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("看到了什么"),
        required=False,
        max_length=1000,
        help_text=_("除“正常进行”外都要写"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SnapshotForm(forms.Form):
    """A picture: from the player by script, or a file somebody chose."""

    file = forms.FileField(
        label=_("截图"),
        help_text=_("JPG 或 PNG，最多 4 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )
    from_player = forms.BooleanField(required=False, widget=forms.HiddenInput)


class RoomFilters(forms.Form):
    q = forms.CharField(label=_("班级、场次或机构"), required=False)
    show = forms.ChoiceField(
        label=_("显示"),
        required=False,
        choices=[
            ("", _("全部")),
            ("on_air", _("正在推流")),
            ("now", _("正在上课")),
            ("unseen", _("还没人看过")),
        ],
    )
