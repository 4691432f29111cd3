"""Requests as the type checker may know them behind ``login_required``."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from zhupei.people.models import User


class SignedIn(HttpRequest):
    """Somebody is signed in; only an annotation, no such object is ever made."""

    user: User
    htmx: HtmxDetails
