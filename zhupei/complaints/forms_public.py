"""Reading what complainants type."""

import secrets
from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from zhupei.complaints import parameters as p
from zhupei.complaints.models import Channel, KindChoices
from zhupei.core import files
from zhupei.core.parameters import value
from zhupei.core.upload_field import LargeFileField, LargeFileWidget, SeveralFilesField

MOST = 4000  # signs of one text
SALT = "zhupei.complaints.form"
LASTS = timedelta(hours=24)
TOO_QUICK = 3  # seconds in which nobody writes a complaint
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PAPERS = ".jpg,.jpeg,.png,.pdf"
RECORDINGS = ".mp4,.mov,.m4v,.webm,.m4a,.mp3,.wav"


def new_key() -> str:
    """The key of one form on one screen: ours, and we know since when."""
    return signing.TimestampSigner(salt=SALT).sign(secrets.token_urlsafe(16))


def words(
    label: Any, rows: int = 4, *, required: bool = True, help_text: Any = "", missing: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MOST,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or _("请填写。")},
    )


def pictures_field() -> SeveralFilesField:
    return SeveralFilesField(
        accept=PAPERS,
        label=_("照片、收据等"),
        help_text=_("图片或 PDF，可多选，每个 20 MB 以内。照片里的拍摄位置和机型会自动去掉。"),
    )


class FilmField(LargeFileField):
    """A film of a stranger: how large it may be stands in the label."""

    def __init__(self) -> None:
        widget = LargeFileWidget(attrs={"accept": RECORDINGS})
        super().__init__(label=_("录像或录音"), required=False, widget=widget)

    def limit_to(self, megabytes: int) -> None:
        self.widget.limit = megabytes * files.MEGABYTE
        self.help_text = _(
            "一段，%(most)s MB 以内；断网会接着传。不支持脚本的浏览器最多 20 MB。"
        ) % {"most": megabytes}


class FindForm(forms.Form):
    """Words that stand in the name of a body or a class, or a class's number."""

    q = forms.CharField(
        label=_("机构名称、班级名称或班级编号"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class TellingForm(forms.Form):
    """What happened, and who says so if they want to."""

    kind = forms.ChoiceField(
        label=_("投诉什么"),
        choices=[("", _("请选择")), *KindChoices.choices],
        error_messages={"required": _("请选择投诉类别。")},
    )
    about = forms.CharField(
        label=_("单位或招生人名称"),
        max_length=100,
        required=False,
        help_text=_("知道多少写多少。"),
    )
    text = words(
        _("发生了什么"),
        7,
        help_text=_("何时、何地、谁、怎样。被投诉单位看不到这里写的原文。4000 字以内。"),
        missing=_("请写明发生了什么。"),
    )
    happened_on = forms.DateField(
        label=_("哪天发生的"),
        required=False,
        widget=DAY,
        error_messages={"invalid": _("请按 年-月-日 填写。")},
    )
    wish = words(_("希望怎样解决"), 2, required=False)
    pictures = pictures_field()
    film = FilmField()
    named = forms.ChoiceField(
        label=_("实名还是匿名"),
        choices=[
            ("no", _("匿名：不留姓名和电话，凭查询码看进展")),
            ("yes", _("实名：经办人可以联系我核实，被投诉单位看不到")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择匿名还是实名。")},
    )
    name = forms.CharField(label=_("姓名（实名时填）"), max_length=50, required=False)
    phone = forms.CharField(
        label=_("手机号（实名时填）"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if known:
            del self.fields["about"]
        film: Any = self.fields["film"]
        film.limit_to(value(p.FILM_MEGABYTES))


class ComplaintForm(TellingForm):
    """The public form: a trap for programs, and the key that makes one form one complaint."""

    website = forms.CharField(label=_("请勿填写"), required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, required=False)
    keep = forms.BooleanField(
        label=_("放到我账号的“我的投诉”里"),
        required=False,
        help_text=_("不勾选，账号和这件投诉没有任何联系，只能凭编号和查询码查看。"),
    )

    def __init__(self, *args: Any, account: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not account:
            del self.fields["keep"]
        self.fields["website"].widget.attrs |= {"tabindex": "-1", "autocomplete": "off"}

    def clean_website(self) -> str:
        """Whoever sees the page does not see this field; a browser may fill it in by itself."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("“请勿填写”一栏要留空。请清空后再提交。"), "trap")
        return ""

    def clean_form_key(self) -> str:
        given: str = self.cleaned_data["form_key"]
        signer = signing.TimestampSigner(salt=SALT)
        try:
            key = signer.unsign(given, max_age=LASTS)
        except signing.BadSignature as fault:
            raise forms.ValidationError(_("页面放得太久了，请再提交一次。"), "old") from fault
        try:
            signer.unsign(given, max_age=TOO_QUICK)
        except signing.SignatureExpired:
            return key
        raise forms.ValidationError(_("提交得太快了，请核对内容后再提交一次。"), "quick")


class TakeDownForm(TellingForm):
    """What an officer is told by phone or at the counter."""

    channel = forms.ChoiceField(
        label=_("来源"), choices=[c for c in Channel.choices if c[0] != Channel.WEB]
    )
    field_order = ("channel", "kind")


class FollowForm(forms.Form):
    """The two that open a complaint."""

    number = forms.CharField(
        label=_("投诉编号"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text=_("例如 TS-2026-000017"),
        error_messages={"required": _("请填写编号。")},
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("请填写查询码。")},
    )


class AddForm(forms.Form):
    """More of it."""

    text = words(_("补充内容"), missing=_("请写要补充的内容。"))
    pictures = pictures_field()
    film = FilmField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        film: Any = self.fields["film"]
        film.limit_to(value(p.FILM_MEGABYTES))


class RateForm(forms.Form):
    """How well it was handled."""

    score = forms.TypedChoiceField(
        label=_("对办理是否满意"),
        choices=[
            (5, _("很满意")), (4, _("满意")), (3, _("一般")), (2, _("不满意")), (1, _("很不满意")),
        ],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择。")},
    )  # fmt: skip
    text = words(_("想说的话"), 2, required=False)


class ReopenForm(forms.Form):
    """Why it is to be looked at again."""

    text = words(_("哪里不满意、有什么新情况"), missing=_("请写明哪里不满意、有什么新情况。"))


def evidence_of(form: forms.Form) -> dict[str, Any]:
    """What was handed in with a form."""
    said: dict[str, Any] = form.cleaned_data
    return {"pictures": said.get("pictures") or [], "film": said.get("film")}
