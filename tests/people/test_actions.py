"""Proving a phone, registering, agreeing, being looked at."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from tests import make
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import TextMessage
from zhupei.people import actions
from zhupei.people.events import PersonEvent
from zhupei.people.identity import Answer
from zhupei.people.models import Person, PhoneCode, Purpose, User
from zhupei.people.rules import MINIMUM_WORKING_AGE, born_on

PHONE = "13800001234"
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def code_for(phone: str = PHONE) -> str:
    """Ask for a code and read it off the short message, as its owner would."""
    actions.request_code(phone)
    text = TextMessage.objects.order_by("-pk").first().text
    return text.removeprefix("验证码 ")[:6]


def form(**changes):
    wanted = {
        "name": "热娜·艾合买提",
        "id_number": make.id_number(700),
        "phone": PHONE,
        "password": "gongdi-2026",
    } | changes
    return {"code": code_for(wanted["phone"])} | wanted


def mismatch(name, id_number):
    return Answer(agrees=False, checker="测试核验")


def test_the_code_is_kept_only_as_a_hash(db):
    code = code_for()

    sent = PhoneCode.objects.get()

    assert code not in sent.code_hash
    assert PHONE not in sent.phone_index
    assert TextMessage.objects.get().phone == PHONE


def test_a_person_registers_once_and_signs_in_with_the_phone(db, client):
    user = actions.register(**form(name=" 热娜•艾合买提 "))

    assert user.name == "热娜·艾合买提"
    assert user.username.startswith("L")
    assert user.person.birth_date == born_on(user.person.id_number) == date(1990, 5, 20)
    assert client.login(username="138 0000 1234", password="gongdi-2026")
    verbs = [event.verb for event in audit.own_history(user.person)]
    assert verbs == [PersonEvent.REGISTERED, PersonEvent.NAME_NOT_ASKED]


def test_no_event_holds_a_whole_number(db):
    user = actions.register(**form())

    told = [audit.sentence(event) + str(event.facts) for event in audit.history(user.person)]

    assert told
    assert not any(user.person.id_number in words or PHONE in words for words in told)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": " "}, "name_missing", "name"),
        ({"name": "热"}, "name_shape", "name"),
        ({"id_number": ""}, "id_missing", "id_number"),
        ({"id_number": "65000019900520"}, "id_shape", "id_number"),
        ({"id_number": make.id_number(700)[:-1] + "?"}, "id_shape", "id_number"),
        ({"id_number": "650000199002300010"}, "check_digit", "id_number"),
        ({"id_number": make.id_number(1, date(2012, 1, 1))}, "too_young", "id_number"),
    ],
)
def test_a_bad_name_or_number_is_refused_beside_its_field(db, changes, code, field):
    with pytest.raises(Refused) as refusal:
        actions.register(**(form() | changes))

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Person.objects.exists()


def test_a_phone_that_is_no_mobile_gets_no_code(db):
    with pytest.raises(Refused) as refusal:
        actions.request_code("0991-2345678")

    assert refusal.value.code == "phone_shape"


def test_sixteen_is_old_enough_on_the_birthday_and_not_the_day_before(db):
    birthday = date(2026 - MINIMUM_WORKING_AGE, 3, 2)
    with time_machine.travel(NOON, tick=False):
        user = actions.register(**form(id_number=make.id_number(3, birthday)))
        tomorrow = make.id_number(4, birthday + timedelta(days=1))
        with pytest.raises(Refused) as refusal:
            actions.register(**form(id_number=tomorrow, phone="13800005678"))

    assert user.person.birth_date == date(2010, 3, 2)
    assert refusal.value.code == "too_young"


def test_the_same_identity_number_is_one_person(db):
    taken = make.id_number(701)
    make.learner("热娜·艾合买提", id_number=taken)

    with pytest.raises(Refused) as refusal:
        actions.register(**form(id_number=taken))

    assert refusal.value.code == "person_known"
    assert "登录" in str(refusal.value)


def test_the_phone_of_another_person_is_refused(db):
    make.learner(phone=PHONE)

    with pytest.raises(Refused) as refusal:
        actions.register(**form())

    assert refusal.value.code == "phone_taken"


def test_a_teacher_entered_by_a_school_opens_the_account_of_that_same_person(db):
    known = make.person("马建国", phone=PHONE)

    user = actions.register(**form(name="马建国", id_number=known.id_number))

    assert user.person == known


def test_another_phone_does_not_open_the_account_of_a_known_person(db):
    known = make.person("马建国", phone="13900009999")

    with pytest.raises(Refused) as refusal:
        actions.register(**form(name="马建国", id_number=known.id_number))

    assert refusal.value.code == "person_known"


def test_a_name_the_checker_denies_is_refused(db, settings):
    settings.REAL_NAME_CHECKER = f"{__name__}.mismatch"

    with pytest.raises(Refused) as refusal:
        actions.register(**form())

    assert refusal.value.code == "name_and_number_differ"


def test_five_wrong_codes_spend_the_code(db):
    right = form()
    for _try in range(5):
        with pytest.raises(Refused) as refusal:
            actions.register(**right | {"code": "wrong!"})
        assert refusal.value.code == "code_wrong"

    with pytest.raises(Refused) as refusal:
        actions.register(**right)

    assert refusal.value.code == "code_tries"
    assert not User.objects.exists()


def test_a_code_is_used_once(db):
    right = form()
    actions.register(**right)

    with pytest.raises(Refused) as refusal:
        actions.register(**right)

    assert refusal.value.code == "code_used"


def test_a_code_ends_after_five_minutes(db):
    with time_machine.travel(NOON, tick=False) as clock:
        right = form()
        clock.shift(301)

        with pytest.raises(Refused) as refusal:
            actions.register(**right)

    assert refusal.value.code == "code_expired"


def test_a_second_code_within_the_minute_is_refused(db):
    with time_machine.travel(NOON, tick=False) as clock:
        actions.request_code(PHONE)
        clock.shift(20)

        with pytest.raises(Refused) as refusal:
            actions.request_code(PHONE)

    assert refusal.value.code == "code_too_soon"
    assert "40" in str(refusal.value)


def test_the_eleventh_code_of_a_day_is_refused_and_tomorrow_is_another_day(db):
    with time_machine.travel(NOON, tick=False) as clock:
        for _n in range(10):
            actions.request_code(PHONE)
            clock.shift(61)
        with pytest.raises(Refused) as refusal:
            actions.request_code(PHONE)

        clock.shift(timedelta(days=1))
        actions.request_code(PHONE)

    assert refusal.value.code == "codes_used_up"


def test_only_the_newest_code_counts(db):
    with time_machine.travel(NOON, tick=False) as clock:
        first = form()
        clock.shift(61)
        newest = code_for()
        with pytest.raises(Refused):
            actions.register(**first | {"code": "000000" if newest != "000000" else "111111"})

        user = actions.register(**first | {"code": newest})

    assert user.person.phone == PHONE


def test_a_forgotten_password_is_renewed_with_the_phone(db, client):
    user = make.learner(phone=PHONE)

    actions.reset_password(phone=PHONE, code=code_for(), password="xin-mima-88")

    assert client.login(username=user.username, password="xin-mima-88")
    assert audit.own_history(user.person).last().verb == PersonEvent.PASSWORD_RESET


def test_a_phone_nobody_registered_resets_nothing(db):
    with pytest.raises(Refused) as refusal:
        actions.reset_password(phone=PHONE, code=code_for(), password="xin-mima-88")

    assert refusal.value.code == "phone_unknown"


def test_agreeing_twice_is_one_consent_and_one_event(world):
    person = world.adil.person

    first = actions.consent(person, Purpose.TRAINING, by=world.adil)
    second = actions.consent(person, Purpose.TRAINING, by=world.adil)

    assert first == second
    assert [e.verb for e in audit.own_history(person)] == [PersonEvent.CONSENTED]


def test_a_consent_is_withdrawn_and_may_be_given_again(world):
    person = world.adil.person
    actions.consent(person, Purpose.TRAINING, by=world.adil)

    gone = actions.withdraw_consent(person, Purpose.TRAINING, by=world.adil)
    again = actions.consent(person, Purpose.TRAINING, by=world.adil)

    assert gone.withdrawn_at
    assert again != gone
    assert person.consents.count() == 2


def test_a_consent_never_given_cannot_be_withdrawn(world):
    with pytest.raises(Refused) as refusal:
        actions.withdraw_consent(world.adil.person, Purpose.EXAM, by=world.adil)

    assert refusal.value.code == "consent_not_given"


@pytest.mark.parametrize("other", ["mayra", "aygul", "li", "gu"])
def test_nobody_agrees_or_withdraws_for_somebody_else(world, other):
    for deed in (actions.consent, actions.withdraw_consent):
        with pytest.raises(NotAllowed):
            deed(world.adil.person, Purpose.TRAINING, by=getattr(world, other))

    assert not world.adil.person.consents.exists()


def test_every_look_at_whole_numbers_is_written_down(world):
    person = world.adil.person

    actions.look_at(person, by=world.li, reason="核对名册", fields=["身份证号码"])

    event = audit.own_history(person).get()
    assert event.verb == PersonEvent.LOOKED_AT
    assert audit.sentence(event) == "李文涛 查看了未遮盖的身份证号码，用途：核对名册"


@pytest.mark.django_db(transaction=True)
def test_two_registrations_of_one_person_at_once_end_as_one():
    same = make.id_number(702)
    forms = [form(id_number=same, phone=phone) for phone in ("13800000001", "13800000002")]

    def register(fields):
        actions.register(**fields)
        return "registered"

    outcomes = at_once(*[lambda typed=typed: register(typed) for typed in forms])

    assert sorted(outcomes) == ["person_known", "registered"]
    assert Person.objects.count() == User.objects.count() == 1


def entered(world, **changes):
    known = {"name": "热娜·艾合买提", "id_number": make.id_number(41), "phone": "13900004141"}
    return actions.enter_person(**(known | changes), by=world.aygul)


def test_an_organization_enters_a_person_who_claims_the_record_later(world):
    person = entered(world)

    assert audit.sentence(audit.own_history(person).get()).startswith("阿依古丽·买买提 代为登记")
    assert entered(world) == person
    assert not User.objects.filter(person=person).exists()


def test_whom_we_know_keeps_their_telephone(world):
    adil = world.adil.person

    found = actions.enter_person(
        name=adil.name, id_number=adil.id_number, phone="13900004142", by=world.aygul
    )

    assert (found, found.phone) == (adil, adil.phone)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": ""}, "name_missing", "name"),
        ({"id_number": "1"}, "id_shape", "id_number"),
        ({"phone": "1"}, "phone_shape", "phone"),
    ],
)
def test_enter_person_refuses_beside_the_field(world, changes, code, field):
    with refused(code) as refusal:
        entered(world, **changes)
    assert refusal.value.field == field


def test_the_number_of_somebody_else_is_not_entered_under_a_new_name(world):
    with refused("name_and_number_differ"):
        entered(world, id_number=world.adil.person.id_number)
    with refused("phone_taken"):
        entered(world, phone=world.adil.person.phone)
