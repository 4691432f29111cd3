"""The demo's own help on the login page: who can be tried, and with which password."""

import json
from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def demo_logins() -> list[dict[str, Any]]:
    """The logins the demo region wrote; none outside the demo."""
    if not settings.DEMO:
        return []
    try:
        people: list[dict[str, Any]] = json.loads(
            (settings.DATA_DIR / "demo-logins.json").read_text()
        )
    except OSError:
        return []
    return people
