"""The public site, everybody's home page, the inbox."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import (
    make,
    make_attendance,
    make_classes,
    make_credit,
    make_exams,
    make_filings,
)
from zhupei.core import messages
from zhupei.core.models import Message
from zhupei.exams.actions import attempts
from zhupei.institutions.models import Admission
from zhupei.organizations.models import Kind
from zhupei.portal.institutions import admitted

HOME = reverse("portal:home")


def test_anybody_finds_classes_institutions_and_figures(world, client):
    taught = make_classes.approved_class(world, starts_on=timezone.localdate() + timedelta(days=9))

    page = client.get(reverse("portal:public"))

    assert page.status_code == 200
    assert taught.title in page.text
    figures = {str(figure["label"]): figure["value"] for figure in page.context["figures"]}
    assert figures["培训机构"] == 2
    assert figures["公开的班"] == 1
    assert figures["已发布大纲"] == 1


def test_what_is_not_in_effect_is_not_public(world, client):
    hidden = [make_classes.draft_class(world), make_classes.submitted_class(world)]

    text = client.get(reverse("portal:public")).text

    assert not [plan.title for plan in hidden if plan.title in text]


def test_every_institution_is_listed_with_its_complaint_channel(world, client):
    page = client.get(reverse("portal:institutions"), {"prefecture": "652300"})

    assert "天山建设职业技能培训学校" in page.text
    assert "昆仑建设技能培训学校" not in page.text
    assert "0994-2345678" in page.text


def test_published_syllabi_are_public_and_drafts_are_not(world, client):
    page = client.get(reverse("portal:syllabi"))

    assert [syllabus.version for syllabus in page.context["syllabi"]] == ["2026.1"]
    assert "职业道德与法规" in page.text


def test_the_page_on_personal_data_is_written_from_the_registers(db, client):
    page = client.get(reverse("portal:privacy"))

    assert "计算本人学时，证明培训真实发生" in page.text
    assert "向本人手机发送验证码和通知" in page.text
    assert all(what for _, what in page.context["rows"])  # nobody reads “—” about themselves


@pytest.mark.parametrize("person", ["aygul", "wang", "li", "gu", "chen", "ma", "adil", "sun"])
def test_everybody_has_a_home(world, as_user, person):
    assert as_user(getattr(world, person)).get(HOME).status_code == 200


def test_home_is_for_those_who_signed_in(client, db):
    assert client.get(HOME)["Location"].startswith(reverse("account_login"))


def test_a_learner_s_day_is_the_next_lesson_and_the_hours(world, as_user):
    taught = make_attendance.class_with_learners(world, world.adil)
    lesson = make_attendance.first_lesson(taught)

    with time_machine.travel(lesson.starts_at - timedelta(minutes=5), tick=False):
        page = as_user(world.adil).get(HOME)

    assert page.context["lesson"] == lesson
    assert [unit["required"] for unit in page.context["units"]] == [4, 8, 12]
    assert taught.title in page.text


def test_signing_in_is_offered_when_it_opens_and_not_days_before(world, as_user):
    taught = make_attendance.class_with_learners(world, world.adil)
    lesson = make_attendance.first_lesson(taught)
    sign = reverse("attendance:sign", args=[lesson.pk])

    with time_machine.travel(lesson.starts_at - timedelta(days=2), tick=False):
        early = as_user(world.adil).get(HOME).text
    with time_machine.travel(lesson.starts_at - timedelta(minutes=5), tick=False):
        open_now = as_user(world.adil).get(HOME).text

    assert sign not in early
    assert "开放，到教室扫屏幕上的码" in early
    assert sign in open_now


def test_public_pages_answer_those_who_only_ask_whether_they_are_there(world, client):
    for name in ("public", "institutions", "syllabi", "privacy"):
        assert client.head(reverse(f"portal:{name}")).status_code == 200


def test_an_exam_that_runs_leads_to_its_door_until_it_is_handed_in(world, as_user):
    sitting = make_exams.sealed_sitting(world)
    door = reverse("sit:door", args=[make_exams.seat_of(sitting, world.adil).pk])

    with time_machine.travel(make_exams.during(sitting), tick=False):
        assert door in as_user(world.adil).get(HOME).text
        attempt = make_exams.started_attempt(sitting, world.adil)
        assert door in as_user(world.adil).get(HOME).text
        attempts.hand_in(attempt, by=world.adil)
        assert door not in as_user(world.adil).get(HOME).text


def test_a_learner_of_no_class_is_not_shown_anybody_s(world, as_user):
    taught = make_attendance.class_with_learners(world, world.adil)

    page = as_user(world.sun).get(HOME)

    assert page.context["lesson"] is None
    assert taught.title not in page.text


def plans(world, count: int) -> None:
    for _ in range(count):
        make_classes.draft_class(world)


def sittings(world, count: int) -> None:
    for _ in range(count):
        make_exams.draft_sitting(world)


def drafts(world, count: int) -> None:
    from zhupei.syllabus.models import Syllabus  # noqa: PLC0415 - only here

    Syllabus.objects.bulk_create(
        Syllabus(job=make.job(), version=f"{count}.{n}", effective_from=make.LONG_AGO)
        for n in range(count)
    )


@pytest.mark.parametrize(("person", "fill"), [("aygul", plans), ("chen", sittings), ("gu", drafts)])
def test_home_costs_the_same_for_three_rows_and_for_thirty(
    world, as_user, person, fill, django_assert_max_num_queries
):
    browser = as_user(getattr(world, person))
    counts = []
    for rows in (3, 27):
        fill(world, rows)
        with django_assert_max_num_queries(12) as asked:
            page = browser.get(HOME)
        counts.append(len(asked))

    own_file = person == "aygul"  # the line about the file of her school
    assert page.context["count"] == 30 + own_file
    assert counts[0] == counts[1]


@pytest.mark.parametrize("rows", [3, 300])
def test_the_institutions_of_the_public_site_cost_the_same(
    world, client, rows, django_assert_max_num_queries
):
    from zhupei.organizations.models import Organization  # noqa: PLC0415 - only here

    place = world.school.division
    Organization.objects.bulk_create(
        Organization(
            kind=Kind.INSTITUTION, name=f"学校 {n}", division=place, prefecture=place.parent
        )
        for n in range(rows)
    )

    Admission.objects.bulk_create(
        Admission(organization=one, state="active", admitted_on=make.LONG_AGO)
        for one in Organization.objects.public().filter(admission=None)
    )

    with django_assert_max_num_queries(8):
        page = client.get(reverse("portal:institutions"))

    assert page.context["page"].paginator.count == rows + 2


@pytest.mark.parametrize(
    ("state", "listed"),
    [
        ("filing", False),
        ("applied", False),
        ("returned", False),
        ("active", True),
        ("suspended", True),
        ("left", False),
    ],
)
def test_the_public_list_has_those_admitted_and_says_who_is_suspended(world, client, state, listed):
    Admission.objects.filter(organization=world.school).update(state=state)

    page = client.get(reverse("portal:institutions"))
    front = client.get(reverse("portal:public"))

    assert (str(world.school) in page.text) == (str(world.school) in front.text) == listed
    assert ("暂停业务" in page.text) == ("暂停业务" in front.text) == (state == "suspended")
    figures = {str(figure["label"]): figure["value"] for figure in front.context["figures"]}
    assert figures["培训机构"] == admitted().count() == 1 + listed


@pytest.mark.parametrize("name", ["portal:public", "portal:institutions"])
def test_every_institution_of_a_list_leads_to_its_page_with_grade_and_records(world, client, name):
    make_credit.grade(world, year=2025, grade="C")
    make_credit.record(world)
    make_credit.record(world, seriousness="minor", ground="不公示的")

    page = client.get(reverse(name))

    rows = page.context["institutions" if name == "portal:public" else "rows"]
    row = next(one for one in rows if one["organization"] == world.school)
    assert (row["grade"].grade, row["records"]) == ("C", 1)
    for one in (world.school, world.other_school):
        assert reverse("portal:institution", args=[one.pk]) in page.text


def test_the_page_of_an_institution_without_a_class_says_where_to_complain(world, client):
    make_credit.grade(world, year=2025, grade="C")
    found = make_credit.record(world)

    text = client.get(reverse("portal:institution", args=[world.school.pk])).text

    assert found.ground in text
    assert "C 级" in text
    assert world.bureau.complaint_phone in text
    assert f"{reverse('complain:new')}?institution={world.school.pk}" in text
    assert "现在没有招生的班" in text


def test_the_page_of_an_institution_has_the_classes_one_may_still_join(world, client):
    taught = make_classes.approved_class(world, starts_on=timezone.localdate() + timedelta(days=9))
    hidden = make_classes.submitted_class(world)
    url = reverse("portal:institution", args=[world.school.pk])

    rows = client.get(url).context["classes"]

    assert [(row["class"], row["left"]) for row in rows] == [(taught, taught.seats)]
    assert hidden.organization_id == world.school.pk
    other = client.get(reverse("portal:institution", args=[world.other_school.pk]))
    assert other.context["classes"] == []
    with time_machine.travel(timezone.now() + timedelta(days=90), tick=False):
        assert client.get(url).context["classes"] == []


@pytest.mark.parametrize(
    ("state", "word"),
    [("suspended", "暂停业务"), ("left", "不在准入名单上"), ("applied", "不在准入名单上")],
)
def test_the_page_of_an_institution_says_that_it_may_not_train(world, client, state, word):
    Admission.objects.filter(organization=world.school).update(state=state)

    page = client.get(reverse("portal:institution", args=[world.school.pk]))

    assert word in page.text
    assert client.get(reverse("portal:institution", args=[world.body.pk])).status_code == 404


def test_the_catalogue_says_whose_classes_it_shows(world, client):
    page = client.get(reverse("join:catalogue"), {"institution": world.school.pk})

    assert reverse("portal:institution", args=[world.school.pk]) in page.text
    assert str(world.school) in page.text


def test_the_inbox_shows_one_s_own_lines(world, as_user):
    messages.tell([world.adil], "您的考勤有更正", body="缺勤", url="/home/")
    messages.tell([world.sun], "别人的消息")

    page = as_user(world.adil).get(reverse("portal:inbox"))

    assert "您的考勤有更正" in page.text
    assert "别人的消息" not in page.text


def test_opening_a_line_marks_it_as_read_and_leads_on(world, as_user):
    messages.tell([world.adil], "您的考勤有更正", url="/join/mine/")
    message = Message.objects.get()
    browser = as_user(world.adil)

    answer = browser.get(reverse("portal:message", args=[message.pk]))

    assert answer["Location"] == "/join/mine/"
    message.refresh_from_db()
    first_read = message.read_at
    assert first_read is not None
    browser.get(reverse("portal:message", args=[message.pk]))
    message.refresh_from_db()
    assert message.read_at == first_read


def test_nobody_opens_the_line_of_somebody_else(world, as_user):
    messages.tell([world.adil], "您的考勤有更正")

    answer = as_user(world.sun).get(reverse("portal:message", args=[Message.objects.get().pk]))

    assert answer.status_code == 404
    assert Message.objects.get().read_at is None


@pytest.mark.parametrize("rows", [3, 300])
def test_the_inbox_costs_the_same_for_three_lines_and_for_three_hundred(
    world, as_user, rows, django_assert_max_num_queries
):
    Message.objects.bulk_create(Message(recipient=world.adil, title=str(n)) for n in range(rows))
    browser = as_user(world.adil)

    with django_assert_max_num_queries(7):
        page = browser.get(reverse("portal:inbox"))

    assert page.context["page"].paginator.count == rows


def test_hr_and_education_see_who_teaches_here_from_elsewhere(world, as_user):
    filing = make_filings.filed(world)

    for person in (world.tian, world.he):
        home = as_user(person).get(reverse("portal:home"))
        assert "外地机构在本地办班" in home.text
        assert filing.number in home.text
    assert "外地机构在本地办班" not in as_user(world.song).get(reverse("portal:home")).text
