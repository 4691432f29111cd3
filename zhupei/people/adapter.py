"""What the account library may do here: sign in and out, second factors; nothing else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhupei.people import actions
from zhupei.people.backends import NameOrPhoneBackend

WRONG_PAIR = _("账号或手机号与密码对不上。请检查后再输一次；忘记密码可以用手机验证码重设。")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG_PAIR,
        "phone_password_mismatch": WRONG_PAIR,
        "email_password_mismatch": WRONG_PAIR,
        "too_many_login_attempts": _("输错次数太多，请 5 分钟后再试，或用手机验证码重设密码。"),
        "incorrect_code": _("验证码不对。请看验证器里现在显示的 6 位数字。"),
        "incorrect_password": _("密码不对，请再输一次。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Learners register on our own page; other accounts are opened by their organization."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Whoever has the right password of a login that was closed is told where to go."""
        pair = (credentials.get("username") or "", credentials.get("password") or "")
        user = NameOrPhoneBackend().closed(*pair) if all(pair) else None
        if user:
            raise ValidationError(str(actions.closed(user)))
        super().authentication_failed(request, **credentials)

    def get_user_search_fields(self) -> list[str]:
        return ["username"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Usernames are never made from e-mail addresses: there are none."""
