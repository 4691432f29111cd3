"""Accounts that a body opens for the people who work there.

Their owners choose the password themselves, by a link to their phone. Whether somebody may open
an account or send a link is asked by the caller, who knows the body.
"""

import secrets
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.core.crypto import blind_index
from zhupei.core.errors import Refused
from zhupei.core.parameters import value
from zhupei.people import rules
from zhupei.people.actions import UNMISTAKABLE
from zhupei.people.events import AccountEvent
from zhupei.people.models import AccessLink, Person, User
from zhupei.people.parameters import CODE_PAUSE, LINK_HOURS
from zhupei.people.sentences import FAULTS

TOKEN_BYTES: Final = 18  # 24 signs of an address: nobody guesses one

NAMED_OTHERWISE = _("这个手机号登记的是另一个姓名。请和本人核对姓名和手机号。")


def checked(name: str, phone: str) -> tuple[str, str]:
    """Name and phone as they are kept. Raises Refused "name_…" or "phone_shape"."""
    name, phone = rules.normalise_name(name), rules.normalise_phone(phone)
    if fault := rules.name_fault(name):
        raise Refused(fault, FAULTS[fault], field="name")
    if not rules.is_mobile(phone):
        raise Refused("phone_shape", FAULTS["phone_shape"], field="phone")
    return name, phone


def owner_of(name: str, phone: str) -> User | None:
    """The account somebody of this name already works with, by its phone.

    A learner's account is not one: who learns here goes on doing so with an account apart.
    Raises Refused "phone_of_another" when the phone belongs to an account of another name.
    """
    index = blind_index(phone, purpose="phone")
    user = User.objects.filter(phone_index=index).first()
    if user is None:
        works = User.objects.filter(person__phone_index=index, memberships__isnull=False)
        user = works.distinct().first()
    if user and user.name != name:
        raise Refused("phone_of_another", NAMED_OTHERWISE, field="phone")
    return user


def person_of(name: str, phone: str) -> Person | None:
    """The person of this name and phone. Raises Refused "phone_of_another"."""
    index = blind_index(phone, purpose="phone")
    found = Person.objects.select_related("merged_into").filter(phone_index=index).first()
    person = found.standing if found else None
    if person and person.name != name:
        raise Refused("phone_of_another", NAMED_OTHERWISE, field="phone")
    return person


@transaction.atomic
def open_account(name: str, phone: str, *, by: User | None, person: Person | None = None) -> User:
    """An account without a password, and a link to its owner's phone to choose one.

    ``person`` is whose account it is, where we know them (a teacher); their phone stays theirs.
    Raises Refused "name_…", "phone_shape" or "phone_taken".
    """
    name, phone = checked(name, phone)
    own = {} if person else {"phone": phone, "phone_index": blind_index(phone, purpose="phone")}
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                "Z" + get_random_string(9, UNMISTAKABLE),
                name=name,
                person=person,
                joined_at=timezone.now(),
                **own,
            )
    except IntegrityError as twice:
        raise Refused(
            "phone_taken", _("这个手机号已经有账号。请刷新页面，看看名单里有没有。"), field="phone"
        ) from twice
    audit.record(AccountEvent.OPENED, user, by=by)
    send_link(user, by=by)
    return user


@transaction.atomic
def enter_phone(user: User, phone: str, *, by: User | None) -> User:
    """The phone of an account that has none yet. A known one is changed by ``change_phone``.

    Raises Refused "phone_known", "phone_shape" or "phone_taken".
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.own_phone:
        raise Refused(
            "phone_known", _("这个账号已经登记了手机号，要改请找自治区住建厅。"), field="phone"
        )
    _name, phone = checked(user.name, phone)
    _save_phone(user, phone)
    audit.record(AccountEvent.PHONE_ENTERED, user, by=by, phone=rules.mask_phone(phone))
    return user


def _save_phone(user: User, phone: str) -> None:
    user.phone, user.phone_index = phone, blind_index(phone, purpose="phone")
    try:
        with transaction.atomic():
            user.save(update_fields=["phone", "phone_index"])
    except IntegrityError as twice:
        raise Refused(
            "phone_taken", _("这个手机号已经是另一个账号的。请和本人核对。"), field="phone"
        ) from twice


@transaction.atomic
def change_phone(user: User, phone: str, *, by: User, reason: str) -> User:
    """Another phone for an account without a person: the old one was mistyped, lost or given up.

    The old phone is told, and links already sent to it lead nowhere any more. Whether ``by`` may
    is asked by the caller. Raises Refused "phone_of_person", "phone_same", "reason_required",
    "phone_shape" or "phone_taken".
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if user.person_id:
        raise Refused(
            "phone_of_person", _("这个账号用的是本人实名登记的手机号，不在这里改。"), field="phone"
        )
    if not reason.strip():
        raise Refused("reason_required", _("请写明为什么改，怎样核实了本人。"), field="reason")
    _name, phone = checked(user.name, phone)
    before = user.phone
    if phone == before:
        raise Refused("phone_same", _("登记的就是这个手机号。"), field="phone")
    _save_phone(user, phone)
    now = timezone.now()
    links = AccessLink.objects.filter(user=user, used_at__isnull=True, expires_at__gt=now)
    links.update(expires_at=now)
    old, new = rules.mask_phone(before) if before else "—", rules.mask_phone(phone)
    facts: dict[str, Any] = {"before": old, "phone": new, "note": reason.strip()}
    audit.record(AccountEvent.PHONE_CHANGED, user, by=by, **facts)
    if before:
        words = _t("【筑培】%(name)s的账号改用手机号 %(phone)s。不是本人要求的，请马上告诉单位。")
        messages.text(before, words % {"name": user.name, "phone": new})
    return user


@transaction.atomic
def send_link(user: User, *, by: User | None) -> AccessLink:
    """Send a new link to the phone of an account; links sent before lead nowhere any more.

    Raises Refused "account_without_phone", or "link_too_soon" when one was sent a moment ago.
    """
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    if not user.own_phone:
        raise Refused(
            "account_without_phone", _("这个账号还没有登记手机号，请先填写。"), field="phone"
        )
    now = timezone.now()
    sent = AccessLink.objects.filter(user=user)
    if sent.filter(sent_at__gt=now - timedelta(seconds=value(CODE_PAUSE))).exists():
        raise Refused(
            "link_too_soon", _("链接刚刚发过，请让“%(name)s”看短信。1 分钟后可以再发。"), name=user
        )
    sent.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    token, hours = secrets.token_urlsafe(TOKEN_BYTES), value(LINK_HOURS)
    link = AccessLink.objects.create(
        user=user, token_hash=_hash(token), sent_at=now, expires_at=now + timedelta(hours=hours)
    )
    audit.record(AccountEvent.LINK_SENT, user, by=by, hours=hours)
    _text(user, token, hours)
    return link


def _text(user: User, token: str, hours: int) -> None:
    words = _t(
        "【筑培】%(name)s，请本人打开 %(address)s 设密码，%(hours)s 小时内有效，只能用一次。"
        "不要转给别人。"
    )
    address = settings.PUBLIC_URL.rstrip("/") + reverse("people:access", args=[token])
    facts = {"name": user.name, "address": address, "hours": hours}
    messages.text(user.own_phone, words % facts)


def link_of(token: str) -> AccessLink | None:
    """The link with this token, whether or not it still leads somewhere."""
    links = AccessLink.objects.select_related("user__person")
    return links.filter(token_hash=_hash(token)).first()


@transaction.atomic
def choose_password(link: AccessLink, password: str) -> User:
    """Use the link up. Raises Refused "link_used" or "link_expired"."""
    row = AccessLink.objects.select_for_update(of=("self",)).select_related("user").get(pk=link.pk)
    if refusal := fault_of(row):
        raise refusal
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    user = row.user
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(AccountEvent.PASSWORD_CHOSEN, user, by=user)
    return user


def fault_of(link: AccessLink) -> Refused | None:
    """Why the link leads nowhere any more."""
    if link.used_at:
        return Refused(
            "link_used",
            _("这个链接已经用过，密码已经设好，请直接登录。忘了密码请本单位同事重发链接。"),
        )
    if link.expires_at <= timezone.now():
        return Refused(
            "link_expired", _("这个链接已经失效。请看最近一条短信，或请本单位同事重新发送。")
        )
    return None


def _hash(token: str) -> str:
    return blind_index(token, purpose="access_link")
