"""The region joins what was entered twice, and changes the phone of a login."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import make
from tests.make_accounts import merger, twins
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import TextMessage
from zhupei.organizations import access
from zhupei.organizations.actions import change_phone, identities
from zhupei.organizations.models import Membership
from zhupei.people import accounts
from zhupei.people.models import AccessLink, Merger, Person, User

PHONE = "13600001234"


def card() -> SimpleUploadedFile:
    return SimpleUploadedFile("证明.pdf", b"%PDF-1.7 card")


def address(two) -> str:
    first, second = sorted(one.pk for one in two)
    return reverse("organizations:identity-pair", args=[first, second])


def test_only_whoever_regulates_for_the_region_may_keep_identities(world):
    assert access.may_keep_identities(world.gu)
    others = (world.li, world.aygul, world.chen, world.song, world.adil)
    assert not any(access.may_keep_identities(user) for user in others)


def test_only_the_region_joins_records(world):
    old, known = twins(world)

    with refused("not_allowed"):
        identities.merge(old, known, by=world.li, reason="x", evidence=card())
    with refused("not_allowed"):
        identities.tell_apart(old, known, by=world.aygul, note="x")


def test_nobody_else_sees_who_may_be_whom(world, as_user):
    two = twins(world)
    done = merger(world)

    for user in (world.li, world.aygul, world.adil):
        browser = as_user(user)
        assert browser.get(reverse("organizations:identities")).status_code == 404
        assert browser.get(address(two)).status_code == 404
        assert browser.get(reverse("organizations:mergers")).status_code == 404
        paper = reverse("organizations:merger-evidence", args=[done.pk])
        assert browser.get(paper).status_code == 404


def test_the_list_shows_masked_numbers_side_by_side(world, as_user):
    old, known = twins(world)

    page = as_user(world.gu).get(reverse("organizations:identities"))

    assert address((old, known)) in page.text
    assert old.masked_id_number in page.text
    assert old.id_number not in page.text
    assert known.phone not in page.text


def test_two_numbers_that_somebody_brings_are_compared(world, as_user):
    one, other = make.person("古丽"), make.person("谷丽")
    browser = as_user(world.gu)
    here = reverse("organizations:identities")

    found = browser.post(here, {"one": one.id_number, "other": other.id_number})
    same = browser.post(here, {"one": one.id_number, "other": one.id_number})
    nobody = browser.post(here, {"one": one.id_number, "other": "650000199001010000"})

    assert found.url == address((one, other))
    assert (same.status_code, nobody.status_code) == (422, 422)
    assert "没有用这个号码登记过的人" in nobody.text


def test_the_page_previews_and_joins(world, as_user):
    old, known = twins(world)
    browser = as_user(world.gu)

    page = browser.get(address((old, known)))
    assert page.context["into"] == known  # the one with a login
    turned = browser.get(address((old, known)), {"keep": old.pk})
    assert turned.context["into"] == old
    said = {"reason": "本人持证到场", "evidence": card(), "phone_of": known.pk}
    answer = browser.post(address((old, known)), said)

    assert answer.url == reverse("organizations:mergers")
    assert Person.objects.get(pk=old.pk).merged_into == known
    done = Merger.objects.get()
    listed = browser.get(answer.url)
    assert done.reason in listed.text
    paper = browser.get(reverse("organizations:merger-evidence", args=[done.pk]))
    assert b"card" in b"".join(paper.streaming_content)
    assert browser.get(address((old, known))).status_code == 404


def test_what_is_missing_is_said_beside_its_field_and_nothing_typed_is_lost(world, as_user):
    old, known = twins(world)
    User.objects.create_user("old", make.PASSWORD, name=old.name, person=old)
    said = {"reason": "本人持证到场", "phone_of": known.pk}

    page = as_user(world.gu).post(address((old, known)), said)

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"evidence", "account"}
    assert "本人持证到场" in page.text


def test_a_disguised_file_is_refused_beside_the_evidence(world, as_user):
    old, known = twins(world)
    fake = SimpleUploadedFile("证明.pdf", b"MZ")
    said = {"reason": "本人持证到场", "phone_of": known.pk, "evidence": fake}

    page = as_user(world.gu).post(address((old, known)), said)

    assert "evidence" in page.context["form"].errors


def test_two_humans_are_listed_no_more(world, as_user):
    two = twins(world)
    browser = as_user(world.gu)
    first, second = sorted(one.pk for one in two)
    deed = reverse("organizations:identity-apart", args=[first, second])

    assert browser.post(deed, {"note": ""}).status_code == 422
    browser.post(deed, {"note": "两人都到场"})

    assert address(two) not in browser.get(reverse("organizations:identities")).text


def test_the_region_changes_the_phone_of_a_login_and_the_old_phone_is_told(world, as_user):
    user = accounts.open_account("热依汗", PHONE, by=world.aygul)
    role = Membership.objects.create(
        user=user, organization=world.school, role="registrar", since=make.LONG_AGO
    )
    said = {"phone": "13700001234", "reason": "换号，本人电话核实"}

    answer = as_user(world.gu).post(reverse("organizations:change-phone", args=[role.pk]), said)

    assert answer.status_code == 302
    user.refresh_from_db()
    assert user.phone == "13700001234"
    assert TextMessage.objects.latest("pk").phone == PHONE
    assert "137****1234" in TextMessage.objects.latest("pk").text
    assert accounts.fault_of(AccessLink.objects.get(user=user)).code == "link_expired"
    assert audit.own_history(user).last().facts["note"] == "换号，本人电话核实"
    told = audit.own_history(world.school).last()
    assert told.verb == "organization.phone_changed"


def test_a_phone_is_changed_by_the_region_only_for_a_reason_and_to_a_free_one(world):
    user = accounts.open_account("热依汗", PHONE, by=world.aygul)
    accounts.open_account("古丽", "13700001234", by=world.aygul)
    role = Membership.objects.create(
        user=user, organization=world.school, role="registrar", since=make.LONG_AGO
    )
    ma = world.ma.memberships.get()

    with refused("not_allowed"):
        change_phone(role, by=world.aygul, phone="13700009999", reason="换号")
    with refused("reason_required"):
        change_phone(role, by=world.gu, phone="13700009999", reason=" ")
    with refused("phone_same"):
        change_phone(role, by=world.gu, phone=PHONE, reason="换号")
    with refused("phone_shape"):
        change_phone(role, by=world.gu, phone="0991-1", reason="换号")
    with refused("phone_taken"):
        change_phone(role, by=world.gu, phone="13700001234", reason="换号")
    with refused("phone_of_person"):
        change_phone(ma, by=world.gu, phone="13700009999", reason="换号")


def test_only_the_region_is_offered_the_change(world, as_user):
    user = accounts.open_account("热依汗", PHONE, by=world.aygul)
    role = Membership.objects.create(
        user=user, organization=world.school, role="registrar", since=make.LONG_AGO
    )
    page = reverse("organizations:member", args=[role.pk])
    deed = reverse("organizations:change-phone", args=[role.pk])

    assert deed in as_user(world.gu).get(page).text
    assert deed not in as_user(world.aygul).get(page).text
