"""What the pages of this app have in common."""

from zhupei.people.requests import SignedIn


def shell(request: SignedIn) -> str:
    """Learners and officers read the same page, each in their own shell."""
    return "core/learner.html" if request.user.acting is None else "core/workbench.html"
