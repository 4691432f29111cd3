"""Showing that one is the person an invitation names, by a code to the phone that was invited."""

from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Invitation
from zhupei.core.crypto import blind_index
from zhupei.core.errors import Refused
from zhupei.people import actions as people
from zhupei.people import rules
from zhupei.people.models import PhoneCode, User


def send_code(invitation: Invitation) -> PhoneCode:
    """Send a code to the phone of the invitation; whoever asks cannot choose another."""
    return people.request_code(invitation.phone)


def prove(invitation: Invitation, *, code: str, id_number: str, password: str) -> User:
    """Open the account of the person invited. Confirming is another deed, their own.

    Raises Refused "not_the_invited" or what registering refuses.

    Source: Measures, art. 11 (taking part is voluntary) and art. 15 (real names).
    """
    number = rules.normalise_id_number(id_number)
    if blind_index(number, purpose="id_number") != invitation.id_index:
        raise Refused(
            "not_the_invited",
            _("与被邀请人的证件号码不一致。请核对号码；不是您本人的邀请，请不要代办。"),
            field="id_number",
        )
    return people.register(
        name=invitation.name,
        id_number=number,
        phone=invitation.phone,
        code=code,
        password=password,
    )
