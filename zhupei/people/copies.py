"""Copies of one's inbox by e-mail: asked for by oneself, confirmed by letter, stopped at will.

Source: PIPL, art. 13 and 15 (consent, taken back as easily as it was given).
"""

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.core.errors import Refused
from zhupei.core.models import CopyAddress
from zhupei.people.events import PersonEvent
from zhupei.people.models import User

SALT = "people.copies"
LINK_SECONDS = 24 * 3600


@transaction.atomic
def ask(user: User, address: str, *, link: str) -> CopyAddress:
    """Write a letter to the address; copies go there once its link was followed. ``link`` is an
    address of this site to which the token is added.
    """
    copy, _made = CopyAddress.objects.update_or_create(
        user=user,
        defaults={"address": address, "confirmed_at": None, "asked_at": timezone.now()},
    )
    token = signing.dumps([user.pk, address], salt=SALT)
    words = _t(
        "%(name)s 希望在这个邮箱收到筑培站内消息的提醒。确认请打开（24 小时内有效）：\n\n"
        "%(link)s\n\n"
        "不是本人操作请不理会，不会再有邮件。"
    )
    said = {"name": user.name, "link": f"{link}{token}/"}
    messages.letter(address, _t("确认邮箱：筑培"), words % said, urgent=True)
    audit.record(PersonEvent.COPIES_ASKED, user, by=user)
    return copy


def address_of(token: str, user: User) -> str:
    """The address a link is for. Raises Refused "link_not_good" for another's or an old one."""
    try:
        owner, address = signing.loads(token, salt=SALT, max_age=LINK_SECONDS)
    except signing.BadSignature:
        owner, address = None, ""
    if owner != user.pk:
        raise Refused(
            "link_not_good", _("这个链接不是给当前账号的，或者已超过 24 小时。请重新填写邮箱。")
        )
    return str(address)


@transaction.atomic
def confirm(user: User, token: str) -> CopyAddress:
    """Send copies there from now on. Raises Refused "link_not_good"."""
    address = address_of(token, user)
    copy = CopyAddress.objects.select_for_update().filter(user=user).first()
    if copy is None or copy.address != address:
        raise Refused("link_not_good", _("您后来换了邮箱或停掉了提醒。请用最新一封邮件里的链接。"))
    copy.confirmed_at = timezone.now()
    copy.save(update_fields=["confirmed_at"])
    audit.record(PersonEvent.COPIES_CONFIRMED, user, by=user)
    return copy


@transaction.atomic
def stop(user: User) -> None:
    """No more letters; the address is forgotten."""
    gone, _rows = CopyAddress.objects.filter(user=user).delete()
    if gone:
        audit.record(PersonEvent.COPIES_STOPPED, user, by=user)
