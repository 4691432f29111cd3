"""Signing in by account name, or by the phone number of one's own person."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.db.models import OuterRef, Q
from django.http import HttpRequest

from zhupei.core.crypto import blind_index
from zhupei.core.models import Message
from zhupei.core.queries import number_of
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
        known = self._known(username.strip())
        if not known:
            User().set_password(password)  # takes as long as checking one: names cannot be probed
            return None
        fitting = (user for user in known if user.is_active and user.check_password(password))
        return next(fitting, None)

    def closed(self, username: str, password: str) -> User | None:
        """The closed account this pair belonged to: its owner may be told so, nobody else."""
        known = (user for user in self._known(username.strip()) if not user.is_active)
        return next((user for user in known if user.check_password(password)), None)

    def get_user(self, user_id: Any) -> User | None:
        """Whoever asks for a page, with their person and how many messages they have not read
        (``unread``): every page shows that.
        """
        unread = Message.objects.unread().filter(recipient=OuterRef("pk"))
        known = User.objects.filter(pk=user_id, is_active=True).select_related("person")
        return known.annotate(unread=number_of(unread)).first()

    def _known(self, name: str) -> list[User]:
        """The account of that name; or those of that phone: who learns here and works here may
        have one of each, and the password tells which is meant.
        """
        named = User.objects.filter(username=name)
        if found := list(named):
            return found
        index = blind_index(normalise_phone(name), purpose="phone")
        return list(User.objects.filter(Q(phone_index=index) | Q(person__phone_index=index)))
