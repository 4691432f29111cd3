"""Reading which records are one human, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.people import merging
from zhupei.people.merging import Keep
from zhupei.people.models import Person, User
from zhupei.people.rules import mask_phone


def number_field(label: Any) -> forms.CharField:
    """An identity number, read aloud from a card."""
    attrs = {"autocomplete": "off", "autocapitalize": "characters"}
    return forms.CharField(
        label=label,
        max_length=40,
        error_messages={"required": _("请填写身份证号码。")},
        widget=forms.TextInput(attrs=attrs),
    )


class IdentityFilters(forms.Form):
    """What stands in the address of the list."""

    q = forms.CharField(label=_("姓名"), required=False)


class NumbersForm(forms.Form):
    """Two numbers of one human, when the list cannot know: a name was mistyped, too."""

    one = number_field(_("一个号码"))
    other = number_field(_("另一个号码"))


class ApartForm(forms.Form):
    """Why two look-alikes are two humans."""

    note = forms.CharField(
        label=_("凭什么认定"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明凭什么认定是两个人。")},
    )


class MergeForm(forms.Form):
    """On what evidence; and, only where there is a choice, which login and whose phone stay."""

    reason = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("例如：本人持两证到场，号码变更证明已核对"),
        error_messages={"required": _("请写明凭什么认定是同一个人。")},
    )
    evidence = forms.FileField(
        label=_("证明材料"),
        help_text=_("号码变更证明、身份证照片等；PDF、图片或 Office 文档，至多 20 MB"),
        error_messages={"required": _("请上传证明材料，没有证明不能合并。")},
    )

    def __init__(self, duplicate: Person, into: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in (into, duplicate)}
        self.accounts = {
            str(user.pk): user
            for user in User.objects.filter(person__in=[into, duplicate]).order_by("-person")
            if merging.in_use(user)
        }
        phones = [(key, mask_phone(one.phone)) for key, one in self.people.items()]
        self.fields["phone_of"] = _choice(_("以后用哪个手机号"), phones, initial=str(into.pk))
        if len(self.accounts) > 1:
            logins = [(key, _login(user)) for key, user in self.accounts.items()]
            self.fields["account"] = _choice(_("以后用哪个账号登录"), logins)
        self.order_fields(["phone_of", "account", "reason", "evidence"])

    def keep(self) -> Keep:
        """What was chosen."""
        said = self.cleaned_data
        return Keep(self.accounts.get(said.get("account", "")), self.people[said["phone_of"]])


def _choice(label: Any, choices: list[tuple[str, Any]], initial: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        initial=initial,
        widget=forms.RadioSelect(),
        error_messages={"required": _("请选一个。")},
    )


def _login(user: User) -> str:
    last = user.last_login.date().isoformat() if user.last_login else _("从未登录")
    return f"{user.username}（{last}）"
