"""What every page's frame needs: navigation, memberships, the inbox count."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of the three shells."""
    return {}
