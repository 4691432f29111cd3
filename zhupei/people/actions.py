"""What people do about themselves: prove a phone, register, agree, take it back, be looked at."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages, wordings
from zhupei.core.crypto import blind_index
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.core.wordings import Wording
from zhupei.people import identity, merging, rules
from zhupei.people.access import is_person
from zhupei.people.events import PersonEvent
from zhupei.people.models import Consent, Person, PhoneCode, Purpose, User
from zhupei.people.parameters import (
    CODE_PAUSE,
    CODE_SECONDS,
    CODE_TRIES,
    CODES_A_DAY,
    MINIMUM_AGE,
)
from zhupei.people.privacy import WORDINGS
from zhupei.people.sentences import FAULTS
from zhupei.people.wordings import CODE

UNMISTAKABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 and O, no 1, I and L

PERSON_KNOWN = _(
    "这个身份证号码已经注册过，一个人只有一个账号。请直接登录；忘记密码可以用登记的手机号重设；"
    "不是您本人注册的，或原手机号已停用的，请带身份证到当地住建局办理。"
)
PHONE_TAKEN = _(
    "这个手机号已登记在另一个人名下。请换本人的手机号；号码确实是您的，请带身份证到当地住建局办理。"
)


@transaction.atomic
def request_code(phone: str, *, purpose: Wording = CODE, **facts: str) -> PhoneCode:
    """Send a code to a phone. The same answer whether or not anybody is registered with it.

    ``purpose`` is what its message says, and all it is good for: a code read aloud to a teacher
    opens no account.
    """
    phone = _mobile(phone)
    index = blind_index(phone, purpose="phone")
    _queue_up(index)
    now = timezone.now()
    _refuse_too_many(index, now)
    code = f"{secrets.randbelow(10**6):06d}"
    seconds = value(CODE_SECONDS)
    sent = PhoneCode.objects.create(
        phone_index=index,
        code_hash=_code_hash(index, code, purpose),
        sent_at=now,
        expires_at=now + timedelta(seconds=seconds),
    )
    words = wordings.say(purpose, code=code, minutes=seconds // 60, **facts)
    messages.text(phone, words, urgent=True)
    return sent


def register(*, name: str, id_number: str, phone: str, code: str, password: str) -> User:
    """Make the person's account. One person is one identity: the number is taken once, for ever.

    Source: Measures, art. 15 (real names); 劳动法 art. 15 (minimum age).
    """
    name, id_number, phone = _checked(name, id_number, phone)
    _use_code(phone, code)
    answer = _identity_of(name, id_number)
    return _open_account(name, id_number, phone, password, answer)


@transaction.atomic
def enter_person(*, name: str, id_number: str, phone: str, by: User) -> Person:
    """The person an organization names by their number: whom we know, or a record without an
    account, which they claim by registering. Whether it may is asked by the caller's predicate.

    Raises Refused with a fault of the three, "too_young", "name_and_number_differ" or
    "phone_taken".

    Source: Measures, art. 15 (real names; one person is one identity).
    """
    name, id_number, phone = _checked(name, id_number, phone)
    index = blind_index(id_number, purpose="id_number")
    person = Person.objects.known_by(index).first()
    if person is None:
        answer = _identity_of(name, id_number)
        person = _new_person(name, id_number, phone)
        audit.record(PersonEvent.ENTERED, person, by=by, checker=answer.checker)
    elif person.name != name:
        raise Refused(
            "name_and_number_differ",
            _("这个身份证号码登记的是另一个姓名。请对照身份证检查两项。"),
            field="name",
        )
    return person


def _identity_of(name: str, id_number: str) -> identity.Answer:
    """What the connected checker says. Raises Refused when name and number do not agree."""
    answer = identity.check(name, id_number)
    if answer.agrees is False:
        raise Refused(
            "name_and_number_differ",
            _("姓名与身份证号码对不上（%(checker)s）。请对照身份证检查两项。"),
            field="name",
            checker=answer.checker,
        )
    return answer


@transaction.atomic
def _open_account(
    name: str, id_number: str, phone: str, password: str, answer: identity.Answer
) -> User:
    person = _own_record(name, id_number, phone) or _new_person(name, id_number, phone)
    user = User.objects.create_user(
        _username(), password, name=person.name, person=person, joined_at=timezone.now()
    )
    audit.record(PersonEvent.REGISTERED, person, by=user)
    asked = PersonEvent.NAME_CONFIRMED if answer.agrees else PersonEvent.NAME_NOT_ASKED
    audit.record(asked, person, by=user, checker=answer.checker)
    return user


def _checked(name: str, id_number: str, phone: str) -> tuple[str, str, str]:
    """The three as they are kept, or the refusal that belongs beside the first bad one."""
    today = timezone.localdate()
    name, id_number = rules.normalise_name(name), rules.normalise_id_number(id_number)
    if fault := rules.name_fault(name):
        raise Refused(fault, FAULTS[fault], field="name")
    if fault := rules.id_number_fault(id_number, on=today):
        raise Refused(fault, FAULTS[fault], field="id_number")
    years = value(MINIMUM_AGE)
    if not rules.is_of_age(id_number, on=today, minimum_age=years):
        raise Refused(
            "too_young",
            _("未满 %(years)s 周岁，还不能注册（依据：劳动法第十五条）。满 %(years)s 周岁后再来。"),
            field="id_number",
            years=years,
        )
    return name, id_number, _mobile(phone)


def _mobile(phone: str) -> str:
    phone = rules.normalise_phone(phone)
    if not rules.is_mobile(phone):
        raise Refused("phone_shape", FAULTS["phone_shape"], field="phone")
    return phone


def _own_record(name: str, id_number: str, phone: str) -> Person | None:
    """The record an organization made of this very person (a teacher), still without an account."""
    index = blind_index(id_number, purpose="id_number")
    person = Person.objects.select_for_update().filter(id_index=index).first()
    if person is None:
        return None
    same = person.name == name and person.phone == phone and not person.merged_into_id
    if not same or User.objects.filter(person=person).exists():
        raise Refused("person_known", PERSON_KNOWN, field="id_number")
    return person


def _new_person(name: str, id_number: str, phone: str) -> Person:
    """The database decides who was first: two at once end as one and the same sentence."""
    try:
        with transaction.atomic():
            return Person.objects.create(
                name=name,
                id_number=id_number,
                id_index=blind_index(id_number, purpose="id_number"),
                id_last_four=id_number[-4:],
                birth_date=rules.born_on(id_number),
                phone=phone,
                phone_index=blind_index(phone, purpose="phone"),
                registered_at=timezone.now(),
            )
    except IntegrityError as twice:
        if "phone_index" in str(twice):
            raise Refused("phone_taken", PHONE_TAKEN, field="phone") from twice
        raise Refused("person_known", PERSON_KNOWN, field="id_number") from twice


def _username() -> str:
    """A name nobody can guess anything from; people sign in with their phone."""
    return "L" + "".join(secrets.choice(UNMISTAKABLE) for _digit in range(9))


def reset_password(*, phone: str, code: str, password: str) -> User:
    """Give the holder of a registered phone a new password."""
    phone = _mobile(phone)
    _use_code(phone, code)
    return _renew_password(phone, password)


@transaction.atomic
def _renew_password(phone: str, password: str) -> User:
    index = blind_index(phone, purpose="phone")
    user = User.objects.select_related("person").filter(person__phone_index=index).first()
    if user is None or user.person is None:
        raise Refused(
            "phone_unknown",
            _("这个手机号还没有注册。请先注册；用单位账号的，请找本单位管理员重设密码。"),
            field="phone",
        )
    if not user.is_active:
        raise closed(user)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(PersonEvent.PASSWORD_RESET, user.person, by=user)
    return user


def closed(user: User) -> Refused:
    """Why nobody signs in with an account any more, and with which they do instead."""
    kept = merging.pointer(user)
    if kept is None:
        return Refused(
            "account_closed", _("这个账号已停用。请找本单位管理员或当地住建局。"), field="phone"
        )
    return Refused(
        "account_merged",
        _("这个账号已并入您的另一个账号 %(account)s，请用它或手机号 %(phone)s 登录。"),
        field="phone",
        account=kept.username,
        phone=kept.masked_phone,
    )


@transaction.atomic
def consent(person: Person, purpose: Purpose, *, by: User) -> Consent:
    """Agree to one purpose in the wording of today; agreeing twice changes nothing."""
    _only_themself(person, by)
    Person.objects.select_for_update().get(pk=person.pk)
    given = person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).first()
    if given:
        return given
    version = WORDINGS[purpose].version
    given = Consent.objects.create(
        person=person, purpose=purpose, wording_version=version, given_at=timezone.now()
    )
    _record_consent(PersonEvent.CONSENTED, given, by)
    return given


@transaction.atomic
def withdraw_consent(person: Person, purpose: Purpose, *, by: User) -> Consent:
    """Take a consent back; what happened under it before stays as it was.

    Source: PIPL, art. 15 (withdrawing is as easy as giving, and changes nothing before it).
    """
    _only_themself(person, by)
    standing = person.consents.select_for_update().filter(withdrawn_at__isnull=True)
    given = standing.filter(purpose=purpose).first()
    if given is None:
        raise Refused("consent_not_given", _("这一项现在没有同意，不需要撤回。"))
    given.withdrawn_at = timezone.now()
    given.save(update_fields=["withdrawn_at"])
    _record_consent(PersonEvent.CONSENT_WITHDRAWN, given, by)
    return given


def _record_consent(verb: PersonEvent, given: Consent, by: User) -> None:
    purpose = Purpose(given.purpose)
    audit.record(
        verb,
        given.person,
        by=by,
        purpose=str(purpose.label),
        code=purpose.value,
        wording=given.wording_version,
    )


@transaction.atomic
def look_at(person: Person, *, by: User, reason: str, fields: Iterable[str]) -> None:
    """Write down that somebody reads personal data unmasked, before they do.

    Whether they may is asked by the page's own predicate; that it is known is asked here.
    """
    looked_at(person, by=by, reason=reason, fields=fields)


def looked_at(thing: models.Model, *, by: User, reason: str, fields: Iterable[str]) -> None:
    """The same for what is not a person yet (an invitation), in the caller's transaction."""
    audit.record(PersonEvent.LOOKED_AT, thing, by=by, reason=reason, fields="、".join(fields))


def _only_themself(person: Person, by: User) -> None:
    if not is_person(by, person):
        raise NotAllowed("not_allowed", _("同意只能由本人给出或撤回。"))


def _queue_up(index: str) -> None:
    """Requests for one phone wait for each other, so that none slips past the count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [index])


def _refuse_too_many(index: str, now: datetime) -> None:
    sent = PhoneCode.objects.filter(phone_index=index)
    latest = sent.order_by("-sent_at").first()
    pause = value(CODE_PAUSE)
    if latest and (waited := (now - latest.sent_at).total_seconds()) < pause:
        raise Refused(
            "code_too_soon",
            _("验证码刚刚发过，请 %(seconds)s 秒后再获取。"),
            field="phone",
            seconds=max(int(pause - waited), 1),
        )
    a_day = value(CODES_A_DAY)
    if sent.filter(sent_at__gt=now - timedelta(days=1)).count() >= a_day:
        raise Refused(
            "codes_used_up",
            _("这个手机号 24 小时内已获取 %(count)s 次验证码，请明天再试。"),
            field="phone",
            count=a_day,
        )


def _code_hash(index: str, code: str, purpose: Wording) -> str:
    return blind_index(f"{index}:{purpose.key}:{code}", purpose="phone_code")


def prove_phone(phone: str, code: str, *, purpose: Wording) -> None:
    """Whoever read the code aloud holds the phone. Raises what a wrong or old code raises."""
    _use_code(_mobile(phone), code, purpose)


def _use_code(phone: str, code: str, purpose: Wording = CODE) -> None:
    """Use the newest code of a phone up, or refuse. A wrong try stays counted."""
    with transaction.atomic():
        refusal = _try_code(blind_index(phone, purpose="phone"), code.strip(), purpose)
    if refusal:
        raise refusal


def _try_code(index: str, code: str, purpose: Wording) -> Refused | None:
    now = timezone.now()
    codes = PhoneCode.objects.select_for_update().filter(phone_index=index)
    sent = codes.order_by("-sent_at").first()
    if sent is None or now > sent.expires_at:
        return Refused("code_expired", _("验证码已过期，请重新获取。"), field="code")
    if sent.used_at:
        words = _("这个验证码已经用过。刚才已经办成的，请直接登录；否则请重新获取。")
        return Refused("code_used", words, field="code")
    if sent.tries >= value(CODE_TRIES):
        words = _("验证码输错次数太多，这个验证码已作废。请重新获取。")
        return Refused("code_tries", words, field="code")
    if not constant_time_compare(sent.code_hash, _code_hash(index, code, purpose)):
        sent.tries += 1
        sent.save(update_fields=["tries"])
        return Refused("code_wrong", _("验证码不对，请看最近一条短信里的 6 位数字。"), field="code")
    sent.used_at = now
    sent.save(update_fields=["used_at"])
    return None
