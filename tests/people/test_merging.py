"""Two records of one human become one, and nothing is lost or made up on the way."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from tests import make, make_certificates, make_classes, make_exams
from tests.make_accounts import twins
from tests.refusals import refused
from zhupei.certificates.models import Certificate
from zhupei.classes.actions import roster
from zhupei.classes.models import Enrolment, Invitation, Waiting
from zhupei.core import audit, files
from zhupei.core.models import Message
from zhupei.exams.models import Candidate
from zhupei.organizations.models import Membership, Role
from zhupei.people import actions, duplicates, merging
from zhupei.people.models import Consent, Merger, Person, Purpose, User
from zhupei.teachers.models import Teacher

BORN = date(1990, 5, 20)


def proof(world):
    return files.accept(ContentFile(b"%PDF-1.7 card", name="证明.pdf"), by=world.gu)


def merge(world, duplicate, into, **said):
    said = {"reason": "换领新证，号码变更证明已核", "evidence": proof(world)} | said
    keep = merging.Keep(said.pop("account", None), said.pop("phone_of", None))
    return merging.merge(duplicate, into, by=world.gu, keep=keep, **said)


def test_every_table_that_names_a_person_has_a_word_people_read():
    assert {link.model._meta.label for link in merging.links()} <= set(merging.NOUNS)


def test_a_table_without_a_way_back_is_found_too():
    assert "classes.Waiting" in {link.model._meta.label for link in merging.links()}


def test_everything_that_hangs_on_the_duplicate_moves(world):
    certificate = make_certificates.certificate(world)
    old, known = twins(world)
    for model in (Enrolment, Candidate, Certificate):
        model.objects.filter(person=known).update(person=old)
    teacher = make.teacher("另一位", world.school)
    Teacher.objects.filter(pk=teacher.pk).update(person=old)

    merge(world, old, known)

    certificate.refresh_from_db()
    assert certificate.person_id == known.pk
    assert Enrolment.objects.get().person_id == known.pk
    assert Candidate.objects.get().person_id == known.pk
    assert known.teacher.pk == teacher.pk
    assert all(not link.rows(old).exists() for link in merging.links())


def test_the_empty_record_leads_to_the_person_and_its_phone_is_free_again(world):
    old, known = twins(world, phone="13600007777")

    merge(world, old, known)

    old.refresh_from_db()
    assert old.merged_into == known
    assert old.standing == known
    assert old.phone == ""
    assert make.person("新人", phone="13600007777")
    again = actions.enter_person(
        name=known.name, id_number=old.id_number, phone="13600008888", by=world.song
    )
    assert again == known


def test_the_old_number_is_not_registered_again(world):
    old, known = twins(world)
    merge(world, old, known)

    with refused("person_known"):
        actions._open_account(
            old.name, old.id_number, "13600008888", make.PASSWORD, actions.identity.offline("", "")
        )


def test_the_record_tells_before_and_after_on_both(world):
    make_exams.trained(make_exams.taught_class(world), world.adil)
    old, known = twins(world)
    Enrolment.objects.update(person=old)

    merge(world, old, known)

    (gone,) = audit.own_history(old)
    taken = audit.own_history(known).get(verb="person.taken_in")
    assert gone.verb == "person.merged"
    assert gone.facts["moved"] == {"classes.Enrolment": [str(Enrolment.objects.get().pk)]}
    assert gone.facts["before"]["duplicate"]["id_number"] == old.masked_id_number
    assert taken.facts["after"]["into"]["name"] == known.name
    assert "报名 1" in audit.sentence(taken)
    assert old.id_number not in str(gone.facts) + str(taken.facts)
    merger = Merger.objects.get()
    assert merger.evidence.sha256 == gone.facts["evidence"]["sha256"]
    assert Message.objects.filter(recipient=world.adil).count() == 1


def test_rows_that_stand_in_each_others_way_are_named_and_nothing_moves(world):
    taught = make_exams.taught_class(world)
    make_exams.trained(taught, world.adil)
    other = make_exams.taught_class(world)
    old, known = twins(world)
    Enrolment.objects.create(training_class=taught, person=old, enrolled_at=timezone.now())
    Enrolment.objects.create(training_class=other, person=old, enrolled_at=timezone.now())

    with refused("merge_clashes") as refusal:
        merge(world, old, known)

    assert "报名" in str(refusal.value)
    assert old.enrolments.count() == 2
    assert not Merger.objects.exists()


def test_a_rehearsal_says_what_would_move_and_clash_and_keeps_nothing(world):
    taught = make_exams.taught_class(world)
    make_exams.trained(taught, world.adil)
    old, known = twins(world)
    Enrolment.objects.create(training_class=taught, person=old, enrolled_at=timezone.now())
    Waiting.objects.create(
        training_class=make_exams.taught_class(world), person=old, since=timezone.now()
    )

    outcome = merging.rehearse(old, known)

    assert outcome.counts == "候补 1"
    assert len(outcome.clashes) == 1
    assert Waiting.objects.get().person == old


def test_two_teachers_clash_until_one_is_out_of_the_pool(world):
    old, known = twins(world)
    for person in (old, known):
        teacher = make.teacher("教师", world.school)
        Teacher.objects.filter(pk=teacher.pk).update(person=person)
    with refused("merge_clashes") as refusal:
        merge(world, old, known)
    assert "师资库档案" in str(refusal.value)

    Teacher.objects.filter(person=old).update(state="removed")
    merge(world, old, known)

    assert old.teacher.state == "removed"


def test_who_has_two_logins_in_use_is_asked_which_stays(world):
    old, known = twins(world)
    User.objects.create_user("old", make.PASSWORD, name=old.name, person=old)

    with refused("account_not_chosen") as refusal:
        merge(world, old, known)

    assert refusal.value.field == "account"


def test_the_closed_login_says_where_to_go_and_its_roles_go_on(world, client):
    old, known = twins(world)
    closed = User.objects.create_user("old", make.PASSWORD, name=old.name, person=old)
    role = Membership.objects.create(
        user=closed, organization=world.school, role=Role.TEACHER, since=make.LONG_AGO
    )
    Message.objects.create(recipient=closed, title="通知")

    merge(world, old, known, account=world.adil)

    role.refresh_from_db()
    assert role.user == world.adil
    assert Message.objects.get(title="通知").recipient == world.adil
    assert not client.login(username="old", password=make.PASSWORD)
    pair = {"login": old.phone, "password": make.PASSWORD}
    page = client.post(reverse("account_login"), pair)
    assert f"请用它或手机号 {known.masked_phone}" in page.text
    wrong = client.post(reverse("account_login"), pair | {"password": "nothing-2026"})
    assert known.masked_phone not in wrong.text
    with refused("account_merged"):
        actions._renew_password(old.phone, "zhupei-9999")
    assert [e.verb for e in audit.own_history(closed)] == ["account.closed"]


def test_the_login_of_the_duplicate_may_be_the_one_that_stays(world, client):
    old, known = twins(world, phone="13600007777")
    new = User.objects.create_user("new", make.PASSWORD, name=old.name, person=old)

    merge(world, old, known, account=new, phone_of=old)

    known.refresh_from_db()
    assert known.phone == "13600007777"
    assert client.login(username="136 0000 7777", password=make.PASSWORD)
    new.refresh_from_db()
    world.adil.refresh_from_db()
    assert new.person == known
    assert world.adil.person_id == old.pk
    assert not world.adil.is_active


def test_the_only_login_goes_with_the_person(world):
    old, known = twins(world)

    merge(world, known, old)

    world.adil.refresh_from_db()
    assert world.adil.person == old
    assert world.adil.is_active


def test_consents_are_copied_as_they_stand_or_were_taken_back(world):
    old, known = twins(world)
    given, back = timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=3)
    for purpose, person, end in [
        (Purpose.TRAINING, old, back),
        (Purpose.EXAM, old, None),
        (Purpose.CERTIFICATE_CHECK, old, None),
        (Purpose.CERTIFICATE_CHECK, known, None),
    ]:
        Consent.objects.create(
            person=person, purpose=purpose, wording_version="1", given_at=given, withdrawn_at=end
        )

    merge(world, old, known)

    held = {(one.purpose, one.given_at, one.withdrawn_at) for one in known.consents.all()}
    assert held == {
        ("training", given, back),
        ("exam", given, None),
        ("certificate_check", given, None),
    }
    assert old.consents.count() == 3


def test_a_record_is_merged_once_with_a_reason_and_into_another(world):
    old, known = twins(world)
    with refused("same_person"):
        merge(world, known, known)
    with refused("reason_required"):
        merge(world, old, known, reason=" ")
    merge(world, old, known)
    with refused("merged_already"):
        merge(world, old, known)


def test_records_merged_before_lead_to_the_last(world):
    old, known = twins(world)
    third = make.person(known.name)
    merge(world, old, known)

    merge(world, known, third)

    old.refresh_from_db()
    assert old.merged_into == third


def test_an_invitation_with_the_old_number_is_answered_by_the_person(world):
    running = make_exams.taught_class(world)
    old, known = twins(world)
    row = make_classes.roster_row(old.name, id_number=old.id_number)
    (invitation,) = roster.invite(running, by=world.aygul, rows=[row])
    assert not Invitation.objects.visible_to(world.adil).exists()

    merge(world, old, known)

    assert list(Invitation.objects.visible_to(world.adil)) == [invitation]


@pytest.mark.parametrize(
    ("name", "number", "found"),
    [
        ("阿迪力·吾守尔", make.id_number(778, BORN), 1),  # a new number, the same birth date
        ("阿迪力·吾守儿", make.id_number(778, BORN), 0),
        ("阿迪力·吾守尔", make.id_number(778, date(1991, 5, 20)), 0),
    ],
)
def test_likely_duplicates_share_name_and_birth_date(world, name, number, found):
    Person.objects.filter(pk=world.adil.person_id).update(birth_date=BORN, id_last_four="0000")
    make.person(name, id_number=number)

    pairs = [p for p in duplicates.Alike("阿迪力")[0:9] if world.adil.person in p]

    assert len(pairs) == found


def test_one_birth_date_and_one_ending_show_under_two_names(world):
    known = world.adil.person
    twin = make.person("阿地力", id_number=make.id_number(779, known.birth_date))
    Person.objects.filter(pk=twin.pk).update(id_last_four=known.id_last_four)

    (pair,) = duplicates.Alike("阿地力")[0:9]

    assert pair.second == twin
    assert not pair.same_name
    assert pair.same_birth_date


def test_two_humans_who_look_alike_are_not_shown_again(world):
    old, known = twins(world)
    assert duplicates.Alike("阿迪力").count() == 1
    with refused("reason_required"):
        merging.tell_apart(old, known, by=world.gu, note="")

    merging.tell_apart(old, known, by=world.gu, note="两人都到场，各有身份证")

    assert duplicates.Alike("阿迪力").count() == 0
    assert [e.verb for e in audit.own_history(old)] == ["person.told_apart"]


def test_who_is_merged_is_not_shown_again(world):
    old, known = twins(world)

    merge(world, old, known)

    assert duplicates.Alike("阿迪力").count() == 0
