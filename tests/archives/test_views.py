"""Pages of archives: who sees, who makes, who opens; the permission table."""

import pytest
from django.urls import reverse

from zhupei.archives import actions
from zhupei.archives.access import may_make_for_class, may_make_for_sitting, may_open
from zhupei.archives.models import Package
from zhupei.classes.models import TrainingClass
from zhupei.core import audit
from zhupei.exams.models import Sitting


def words(response) -> str:
    return response.content.decode()


@pytest.fixture
def both(class_package, sitting_package) -> dict[str, Package]:
    return {"class": class_package, "sitting": sitting_package}


@pytest.mark.parametrize(
    ("person", "sees", "makes", "opens"),
    [
        ("aygul", ["class"], ["class"], True),  # held the class
        ("chen", ["sitting"], ["sitting"], True),  # held the sitting
        ("li", ["class", "sitting"], ["class", "sitting"], True),  # oversees the place
        ("gu", ["class", "sitting"], [], True),  # regulates the region
        ("ma", ["class"], [], False),  # teaches
        ("wang", [], [], True),  # elsewhere: what they cannot see, no key helps
        ("far_reviewer", [], [], True),
        ("adil", [], [], False),  # was there, but a package names others too
    ],
)
def test_who_sees_makes_and_opens_what(world, both, person, sees, makes, opens):
    user = getattr(world, person)
    held = TrainingClass.objects.get(pk=both["class"].subject_id)
    sitting = Sitting.objects.get(pk=both["sitting"].subject_id)

    seen = Package.objects.visible_to(user).order_by("subject")
    assert [package.subject for package in seen] == sees
    assert may_make_for_class(user, held) == ("class" in makes)
    assert may_make_for_sitting(user, sitting) == ("sitting" in makes)
    assert may_open(user, both["class"]) == opens


@pytest.mark.parametrize("person", ["wang", "far_reviewer", "adil", "chen"])
def test_strangers_find_nothing(as_user, world, class_package, held_class, person):
    client = as_user(getattr(world, person))

    for name in ["detail", "download"]:
        assert client.get(reverse(f"archives:{name}", args=[class_package.pk])).status_code == 404
    assert client.post(reverse("archives:check", args=[class_package.pk])).status_code == 404


def test_a_stranger_cannot_make_one(as_user, world, held_class, sitting):
    client = as_user(world.wang)

    for name, thing in [("make-class", held_class), ("make-sitting", sitting)]:
        assert client.post(reverse(f"archives:{name}", args=[thing.pk])).status_code == 404


def test_the_pages_want_somebody_signed_in(client, class_package):
    assert client.get(reverse("archives:index")).status_code == 302
    assert client.get(reverse("archives:detail", args=[class_package.pk])).status_code == 302


def test_what_is_over_waits_on_the_list_until_it_is_archived(as_user, world, held_class):
    client = as_user(world.aygul)
    make = reverse("archives:make-class", args=[held_class.pk])
    assert make in words(client.get(reverse("archives:index")))

    response = client.post(make, follow=True)

    assert "档案包已制成" in words(response)
    page = words(client.get(reverse("archives:index")))
    assert make not in page
    assert held_class.title in page


def test_the_list_filters_by_name_and_kind(as_user, world, class_package, sitting_package):
    client = as_user(world.li)

    def listed(**filters) -> list[bool]:
        page = words(client.get(reverse("archives:index"), filters))
        return [package.file.name in page for package in (class_package, sitting_package)]

    assert listed() == [True, True]
    assert listed(subject="class") == [True, False]
    assert listed(q="理论考核") == [False, True]
    assert listed(q="没有这个") == [False, False]


def test_a_bureau_makes_one_of_a_sitting_and_downloads_it(as_user, world, sitting):
    client = as_user(world.li)
    client.post(reverse("archives:make-sitting", args=[sitting.pk]))
    package = Package.objects.get()

    response = client.get(reverse("archives:download", args=[package.pk]))

    assert b"".join(response.streaming_content).startswith(b"PK")
    assert response["Content-Type"] == "application/zip"
    event = audit.own_history(package).last()
    assert (event.verb, event.actor_name) == ("archive.downloaded", "李文涛")


def test_checking_says_what_it_found(as_user, world, sitting_package):
    client = as_user(world.chen)

    page = words(client.post(reverse("archives:check", args=[sitting_package.pk])))

    assert "档案包完整" in page
    assert sitting_package.file.sha256 in page


def test_a_teacher_is_not_offered_the_file(as_user, world, class_package):
    client = as_user(world.ma)
    address = reverse("archives:download", args=[class_package.pk])

    assert address not in words(client.get(reverse("archives:detail", args=[class_package.pk])))
    assert client.get(address).status_code == 403


def test_a_class_that_still_runs_is_refused_with_a_sentence(as_user, world, held_class):
    type(held_class).objects.filter(pk=held_class.pk).update(ends_on="2999-01-01")

    response = as_user(world.aygul).post(reverse("archives:make-class", args=[held_class.pk]))

    assert response.status_code == 409
    assert "才能归档" in words(response)


def test_a_large_one_shows_its_progress_to_whoever_asked(as_user, world, held_class, monkeypatch):
    monkeypatch.setattr("zhupei.archives.subjects.MANY_PEOPLE", 0)
    client = as_user(world.aygul)

    response = client.post(reverse("archives:make-class", args=[held_class.pk]), follow=True)

    assert "进行中" in words(response)
    address = response.redirect_chain[-1][0]
    assert as_user(world.li).get(address).status_code == 404


def test_the_list_asks_the_same_for_one_and_for_three(
    as_user, world, sitting, sitting_package, django_assert_max_num_queries
):

    client = as_user(world.chen)
    address = reverse("archives:index")
    client.get(address)
    with django_assert_max_num_queries(12) as one:
        client.get(address)
    actions.make(sitting, by=world.li)
    actions.make(sitting, by=world.chen)
    with django_assert_max_num_queries(len(one)):
        client.get(address)
