"""Safe Exam Browser: the configuration of a sitting, and who may do without.

The configuration is made once and kept: its key is what every request of a candidate proves, so
a file handed out yesterday and the check of today speak of the same bytes.
"""

import plistlib
import secrets
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, tickets
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.models import CHANGEABLE, Candidate, Sitting, State
from zhupei.invigilation.access import may_set_up
from zhupei.invigilation.actions.shared import check_invigilator, locked, named
from zhupei.invigilation.events import SafeBrowserEvent
from zhupei.invigilation.models import SafeBrowser, Waiver
from zhupei.invigilation.rules.safe_browser import config_key, keys_in, quit_hash
from zhupei.people.models import User

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that are taken for another
PURPOSE = "invigilation.safe_browser"  # of the tickets that fetch a configuration
START, ALLOW = 0, 1  # of sebConfigPurpose: start an exam; of a filter rule: allow


def configuration(sitting: Sitting, quit_password: str, salt: bytes) -> dict[str, Any]:
    """What Safe Exam Browser is told: where to go, where not to, which keys are dead.

    What the browser keeps for the page (IndexedDB) stays over a restart: an answer that waits for
    the network must not be lost with the power. Downloads stay allowed for the same reason: the
    last resort of a candidate without network is a file.
    """
    site = urlsplit(settings.PUBLIC_URL)
    start = settings.PUBLIC_URL.rstrip("/") + reverse("invigilation:enter", args=[sitting.pk])
    hosts = sorted({f"{site.hostname}/*", f"{site.netloc}/*"})
    hooked = {f"enableF{number}": False for number in range(1, 13)} | {"enableF5": True}
    return {
        "originatorVersion": "ZhuPei",
        "sebConfigPurpose": START,
        "startURL": start,
        "sendBrowserExamKey": True,
        "examKeySalt": salt,
        "allowQuit": True,
        "hashedQuitPassword": quit_hash(quit_password),
        "ignoreExitKeys": True,
        "allowPreferencesWindow": False,
        "allowSwitchToApplications": False,
        "allowScreenSharing": False,
        "allowVirtualMachine": False,
        "allowSpellCheck": False,
        "allowDictionaryLookup": False,
        "allowDictation": False,
        "allowSiri": False,
        "allowDownUploads": True,
        "browserWindowAllowReload": True,
        "showReloadButton": True,
        "showReloadWarning": True,
        "newBrowserWindowByLinkPolicy": 1,
        "newBrowserWindowByScriptPolicy": 0,
        "removeBrowserProfile": False,
        "removeLocalStorage": False,
        "enableZoomPage": True,
        "enableZoomText": True,
        "showTime": True,
        "showInputLanguage": True,
        "showTaskBar": True,
        "hookKeys": True,
        "enableAltTab": False,
        "enableAltF4": False,
        "enableCtrlEsc": False,
        "enablePrintScreen": False,
        "enableRightMouse": False,
        "enableStartMenu": False,
        **hooked,
        "URLFilterEnable": True,
        "URLFilterEnableContentFilter": False,
        "URLFilterRules": [
            {"action": ALLOW, "active": True, "expression": host, "regex": False} for host in hosts
        ],
    }


@transaction.atomic
def require(sitting: Sitting, *, by: User, exam_keys: str = "") -> SafeBrowser:
    """From now on candidates sit in Safe Exam Browser, with the configuration of this sitting.

    Asking again keeps the configuration and takes the keys of the browsers anew.
    Raises NotAllowed; Refused "begun" once the sitting has begun, "keys_garbled".
    """
    sitting = _to_set_up(sitting, by)
    exam_keys = exam_keys.strip()
    if exam_keys and not keys_in(exam_keys):
        raise Refused(
            "keys_garbled",
            _("没有找到密钥。每个密钥是 64 位十六进制数，每行一个，前面可以写版本。"),
            field="exam_keys",
        )
    row = SafeBrowser.objects.filter(sitting=sitting).first() or _made(sitting)
    row.required, row.exam_keys = True, exam_keys
    row.save()
    audit.record(
        SafeBrowserEvent.REQUIRED,
        sitting,
        by=by,
        short=row.config_key[:8],
        config_key=row.config_key,
        exam_keys=keys_in(exam_keys),
    )
    return row


def _made(sitting: Sitting) -> SafeBrowser:
    password = "".join(secrets.choice(LETTERS) for _ in range(10))
    told = configuration(sitting, password, secrets.token_bytes(32))
    return SafeBrowser(
        sitting=sitting,
        config=plistlib.dumps(told),
        config_key=config_key(told),
        quit_password=password,
        made_at=timezone.now(),
    )


@transaction.atomic
def lift(sitting: Sitting, *, by: User) -> None:
    """Any browser will do again. The configuration stays, for the next time it is required.

    Raises NotAllowed; Refused "begun".
    """
    sitting = _to_set_up(sitting, by)
    if SafeBrowser.objects.filter(sitting=sitting, required=True).update(required=False):
        audit.record(SafeBrowserEvent.LIFTED, sitting, by=by)


def _to_set_up(sitting: Sitting, by: User) -> Sitting:
    row = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    if not may_set_up(by, row):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能设定考试浏览器。"))
    if row.state not in {*CHANGEABLE, State.SEALED} or row.starts_at <= timezone.now():
        raise Refused(
            "begun", _("考试已开始或已结束，不能再改。个别考生可以由监考员准许不用安全考试浏览器。")
        )
    return row


@transaction.atomic
def waive(candidate: Candidate, *, by: User, reason: str) -> Waiver:
    """Let one candidate sit in another browser; a second press changes nothing.

    Raises NotAllowed; Refused "note_required".
    """
    candidate = locked(candidate)
    check_invigilator(by, candidate.sitting)
    reason = reason.strip()
    if not reason:
        raise Refused(
            "note_required",
            _("请写明理由，例如“本机装不上，换普通浏览器，专人看守”。"),
            field="note",
        )
    waiver, made = Waiver.objects.get_or_create(
        candidate=candidate, defaults={"reason": reason, "by": by, "at": timezone.now()}
    )
    if made:
        audit.record(
            SafeBrowserEvent.WAIVED,
            candidate,
            by=by,
            within=candidate.sitting,
            note=reason,
            **named(candidate),
        )
    return waiver


def ticket(sitting: Sitting) -> str:
    """What fetches the configuration without a login: the safe browser has none yet."""
    return tickets.issue(PURPOSE, sitting.pk, max(sitting.ends_at, timezone.now()))


def fetched(ticket: str) -> SafeBrowser | None:
    """The configuration a ticket is for. Raises BadTicket."""
    sitting = tickets.read(PURPOSE, ticket)
    return SafeBrowser.objects.filter(sitting=sitting, required=True).first()
