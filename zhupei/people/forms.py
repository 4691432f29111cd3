"""Reading what people type about themselves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
    validate_password,
)
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.people import rules
from zhupei.people.models import Person, Purpose, User
from zhupei.people.privacy import WORDINGS
from zhupei.people.sentences import FAULTS

MISSING_PHONE = {"required": _("请填写手机号。")}
MISSING_CODE = {"required": _("请填写短信里的 6 位数字。")}
MISSING_PASSWORD = {"required": _("请设一个密码。")}


def phone_field() -> forms.CharField:
    """A mobile number, typed on a keyboard of digits."""
    attrs = {"inputmode": "tel", "autocomplete": "tel"}
    return forms.CharField(
        label=_("手机号"),
        max_length=20,
        error_messages=MISSING_PHONE,
        widget=forms.TextInput(attrs=attrs),
    )


def code_field() -> forms.CharField:
    """Six digits; phones offer to fill them in from the message."""
    attrs = {"inputmode": "numeric", "autocomplete": "one-time-code"}
    return forms.CharField(
        label=_("短信验证码"),
        max_length=6,
        error_messages=MISSING_CODE,
        widget=forms.TextInput(attrs=attrs),
    )


def password_field(label: Any) -> forms.CharField:
    """A new password, with what it needs said before it is typed."""
    return forms.CharField(
        label=label,
        max_length=128,
        strip=False,
        error_messages=MISSING_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def shortest_password() -> str:
    """What a new password needs, said before it is typed."""
    for validator in get_default_password_validators():
        if isinstance(validator, MinimumLengthValidator):
            return _("至少 %(count)s 位，用别人猜不到的。") % {"count": validator.min_length}
    return ""


class CodedForm(forms.Form):
    """Proves the phone with a code: the phone comes first, so that the code can be asked for."""

    phone = phone_field()
    code = code_field()

    def clean_phone(self) -> str:
        phone = rules.normalise_phone(self.cleaned_data["phone"])
        if not rules.is_mobile(phone):
            raise forms.ValidationError(FAULTS["phone_shape"], "phone_shape")
        return phone

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class RegisterForm(CodedForm):
    """Everything an account needs, and nothing more."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=100,
        error_messages={"required": FAULTS["name_missing"]},
        help_text=_("和身份证上一样；名字里有点的，用“·”。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    id_number = forms.CharField(
        label=_("身份证号码"),
        max_length=40,
        error_messages={"required": FAULTS["id_missing"]},
        help_text=_("18 位，最后一位可能是 X。年满 16 周岁可以注册。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    password = password_field(_("设一个密码"))

    field_order = ["phone", "code", "name", "id_number", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = shortest_password()

    def clean_name(self) -> str:
        name = rules.normalise_name(self.cleaned_data["name"])
        return _without_fault(name, rules.name_fault(name))

    def clean_id_number(self) -> str:
        number = rules.normalise_id_number(self.cleaned_data["id_number"])
        return _without_fault(number, rules.id_number_fault(number, on=timezone.localdate()))


def _without_fault(value: str, fault: str | None) -> str:
    if fault:
        raise forms.ValidationError(FAULTS[fault], fault)
    return value


class ResetForm(CodedForm):
    """A new password for whoever holds the phone of the account."""

    password = password_field(_("新密码"))

    field_order = ["phone", "code", "password"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = shortest_password()


class PasswordForm(forms.Form):
    """The first password of an account, or the next one, by the link its owner got."""

    password = password_field(_("设一个密码"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = shortest_password()

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class ConsentForm(forms.Form):
    """The consents somebody has not given yet, each its own tick, none ticked beforehand."""

    def __init__(
        self,
        person: Person,
        *args: Any,
        required: Iterable[Purpose] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needed = set(required)
        standing = person.consents.filter(withdrawn_at__isnull=True)
        self.given = set(standing.values_list("purpose", flat=True))
        for purpose in Purpose:
            if purpose not in self.given:
                self.fields[purpose] = _tick(purpose, required=purpose in self.needed)

    def ticks(self) -> list[dict[str, Any]]:
        """The rows of ``core/_consents.html``."""
        return [
            {
                "name": name,
                "title": field.label,
                "text": WORDINGS[Purpose(name)].text,
                "required": field.required,
                "checked": bool(self.is_bound and self.data.get(name)),
                "wrong": " ".join(map(str, self.errors.get(name, []))),
            }
            for name, field in self.fields.items()
        ]

    def agreed(self) -> list[Purpose]:
        """What was ticked."""
        return [Purpose(name) for name, ticked in self.cleaned_data.items() if ticked]


def _tick(purpose: Purpose, *, required: bool) -> forms.BooleanField:
    missing = _("报名需要这一项同意；不同意可以不报名，没有任何影响。")
    return forms.BooleanField(
        label=purpose.label, required=required, error_messages={"required": missing}
    )
