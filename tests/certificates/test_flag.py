"""Certificates under review: still valid, and everybody who looks is told."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import make, make_certificates
from tests.refusals import refused
from zhupei.certificates import actions, doubts
from zhupei.certificates.access import may_flag
from zhupei.certificates.models import Certificate, State
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.exams.actions import marks
from zhupei.organizations.models import Role

WHY = "培训机构被暂停业务，培训情况正在核查"


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def certificate(world):
    return make_certificates.certificate(world)


def test_a_certificate_whose_mark_fell_is_under_review_and_its_issuer_is_told(world, certificate):
    assert doubts.flag_unfounded() == 0
    marks.void(certificate.attempt, by=world.chen, note="替考")

    assert doubts.flag_unfounded() == 1

    certificate.refresh_from_db()
    assert certificate.state == State.VALID
    assert "成绩已更正或被认定无效" in certificate.review_reason
    assert "请决定是否撤销" in Message.objects.filter(recipient=world.chen).latest("pk").title
    assert doubts.flag_unfounded() == 0


def flag(world, **said) -> int:
    said = {"by": world.li, "issued_from": timezone.localdate(), "reason": WHY} | said
    return actions.flag_for_review(world.school, **said)


def test_the_bureau_flags_and_lifts_and_the_holder_is_told(world, certificate):
    assert flag(world) == 1

    certificate.refresh_from_db()
    assert certificate.is_under_review
    assert certificate.state == State.VALID
    assert audit.sentence(audit.own_history(certificate).last()) == f"李文涛 标记复核：{WHY}"
    told = world.adil.inbox.order_by("-pk").first()
    assert told.title == "您的培训合格证明正在复核，复核期间仍然有效"
    assert told.body == WHY

    assert actions.lift_review(world.school, by=world.gu, note="核查完毕") == 1

    certificate.refresh_from_db()
    assert (certificate.review_since, certificate.review_reason) == (None, None)
    assert audit.sentence(audit.own_history(certificate).last()) == "顾海 解除复核标记：核查完毕"
    assert "复核结束" in world.adil.inbox.order_by("-pk").first().title


def test_only_those_issued_from_the_day_on_are_flagged_and_once(world, certificate):
    tomorrow = timezone.localdate() + timedelta(days=1)

    assert flag(world, issued_from=tomorrow) == 0
    assert flag(world) == 1
    assert flag(world) == 0
    assert actions.lift_review(world.other_school, by=world.gu) == 0
    assert Certificate.objects.under_review().count() == 1


def test_a_revoked_certificate_is_not_flagged(world, certificate):
    actions.revoke(certificate, by=world.chen, note="照片有误")

    assert flag(world) == 0


@pytest.mark.parametrize("person", ["aygul", "chen", "far_reviewer", "wang", "adil", "song"])
def test_nobody_else_flags_or_lifts(world, certificate, person):
    with refused("not_allowed"):
        flag(world, by=getattr(world, person))
    with refused("not_allowed"):
        actions.lift_review(world.school, by=getattr(world, person))


@pytest.mark.parametrize(("person", "may"), [("li", True), ("gu", True), ("far_reviewer", False)])
def test_who_may_flag_is_who_oversees_the_institution(world, person, may):
    user = getattr(world, person)
    user.acting = user.memberships.select_related("organization").get()

    assert may_flag(user, world.school) is may


def test_nobody_flags_for_an_institution_they_work_for(world, certificate):
    world.li.memberships.create(organization=world.school, role=Role.TEACHER, since=make.LONG_AGO)

    with refused("not_allowed"):
        flag(world)


def test_a_reason_is_needed_because_the_public_reads_it(world, certificate):
    with refused("reason_required") as refusal:
        flag(world, reason=" ")
    assert refusal.value.field == "reason"


def test_the_database_wants_a_reason_with_the_day(certificate):
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=certificate.pk).update(review_since=timezone.now())


def test_the_public_page_says_so_and_that_it_is_still_valid(world, certificate, client):
    flag(world)

    page = client.get(reverse("verify:check", args=[certificate.check_code]))
    assert "证书有效，正在复核" in page.text
    assert WHY in page.text
    by_number = client.get(reverse("verify:search"), {"number": certificate.number})
    assert "证书有效，正在复核" in by_number.text
    assert "阿" not in by_number.text.partition("<main")[2].partition("证书编号")[0]

    actions.revoke(certificate, by=world.chen, note="不实")
    assert "证书已撤销" in client.get(reverse("verify:check", args=[certificate.check_code])).text


def test_lists_the_page_and_the_spreadsheet_say_so(world, certificate, as_user):
    flag(world)
    browser = as_user(world.chen)

    listed = browser.get(reverse("certificates:index"), {"state": "review"})
    assert "有效，复核中" in listed.text
    assert WHY in browser.get(reverse("certificates:detail", args=[certificate.pk])).text
    sheet = browser.get(reverse("certificates:export"), {"state": "review"})
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert [row[-1] for row in rows] == ["复核中，原因", WHY]

    actions.lift_review(world.school, by=world.gu)
    empty = browser.get(reverse("certificates:index"), {"state": "review"})
    assert certificate.number not in empty.text


def test_the_holder_reads_it_on_their_phone(world, certificate, as_user):
    flag(world)

    page = as_user(world.adil).get(reverse("certificates:mine"))
    assert "复核期间证书仍然有效" in page.text
