"""Which of the three shells a page is drawn in."""

from django.http import HttpRequest


def shell_of(request: HttpRequest) -> str:
    """The shell of whoever asks: of somebody at work, of a learner, of the public."""
    if not request.user.is_authenticated:
        return "core/public.html"
    return "core/workbench.html" if request.user.acting else "core/learner.html"
