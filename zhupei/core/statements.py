"""What somebody says in several goes about one thing: each is added, none is replaced."""

from datetime import datetime

from django.utils.translation import gettext as _

from zhupei.core.templatetags.ui import beijing


def words_added(before: str, more: str, at: datetime) -> str:
    """What was said before, then what is added now, under a line that says when."""
    if not before:
        return more.strip()
    head = _("%(when)s（北京时间）补充：") % {"when": beijing(at)}
    return f"{before}\n\n{head}\n{more.strip()}"
