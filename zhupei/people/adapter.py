"""What the account library may do here: sign in and out, second factors; nothing else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Learners register on our own page; other accounts are opened by their organization."""
        return False

    def get_user_search_fields(self) -> list[str]:
        return ["username"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Usernames are never made from e-mail addresses: there are none."""
