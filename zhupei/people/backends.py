"""Signing in by account name, or by the phone number of one's own person."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from zhupei.core.crypto import blind_index
from zhupei.people.models import User
from zhupei.people.rules import normalise_phone


class NameOrPhoneBackend(BaseBackend):
    """Checks a password; permissions are asked elsewhere (each app's ``access.py``)."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002 - Django's signature
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        user = self._find(username.strip())
        if user is None:
            User().set_password(password)  # takes as long as checking one: names cannot be probed
            return None
        return user if user.is_active and user.check_password(password) else None

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()

    def _find(self, name: str) -> User | None:
        phone = blind_index(normalise_phone(name), purpose="phone")
        return (
            User.objects.filter(username=name).first()
            or User.objects.filter(person__phone_index=phone).first()
        )
