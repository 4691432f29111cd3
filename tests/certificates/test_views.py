"""Pages: what each says, to whom, and what a stranger never reads."""

from io import BytesIO

import pytest
from django.core.cache import cache
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import make_certificates
from zhupei.certificates import actions
from zhupei.certificates.models import Reason, State
from zhupei.core import audit
from zhupei.people.models import Consent, Purpose


@pytest.fixture(autouse=True)
def fresh(settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()


@pytest.fixture
def certificate(world):
    return make_certificates.certificate(world, print_now=True)


def words(response) -> str:
    return response.content.decode()


def secrets_of(person) -> list[str]:
    return [person.name, person.id_number, person.id_index, person.phone, person.id_number[6:14]]


# ── Anybody ──────────────────────────────────────────────────────────────────────────────────


def test_the_scanned_page_says_valid_masked_name_job_and_dates(client, certificate):
    response = client.get(reverse("verify:check", args=[certificate.check_code]))

    page = words(response)
    assert response.status_code == 200
    assert "证书有效" in page
    assert "阿**·吾**" in page
    assert certificate.person.id_last_four in page
    assert certificate.job.name in page
    assert "培训时间" in page
    assert certificate.institution.name in page
    assert certificate.organization.name in page
    assert "不是行政许可" in page
    assert certificate.file.sha256[:16] in page
    assert "0994-2345678" in page
    assert not [secret for secret in secrets_of(certificate.person) if secret in page]
    assert response["X-Robots-Tag"] == "noindex"


def test_revoking_shows_at_once_with_the_kind_of_reason_and_not_the_words(
    client, world, certificate
):
    actions.revoke(certificate, by=world.chen, note="某某替考", reason=Reason.EXAM_BREACH)

    page = words(client.get(reverse("verify:check", args=[certificate.check_code])))

    assert "证书已撤销" in page
    assert "考核违规" in page
    assert "证书有效" not in page
    assert "某某替考" not in page


def test_an_unknown_code_is_a_sentence(client, db):
    response = client.get(reverse("verify:check", args=["0" * 20]))

    assert response.status_code == 404
    assert "查无此证书" in words(response)


def test_an_unknown_number_is_a_sentence_with_the_bureau_of_the_place(client, world):
    response = client.get(reverse("verify:search"), {"number": "ZP-2026-6523-999999"})

    assert "查无此证书" in words(response)
    assert world.bureau.name in words(response)


def test_a_number_shows_nothing_of_a_holder_who_did_not_agree(client, certificate):
    typed = certificate.number.lower()

    page = words(client.get(reverse("verify:search"), {"number": typed}))

    assert "证书有效" in page
    assert "没有同意" in page
    assert "阿**" not in page
    assert certificate.job.name not in page
    assert certificate.institution.name not in page
    assert certificate.check_code not in page


def test_a_number_shows_the_masked_name_of_a_holder_who_agreed(client, certificate):
    Consent.objects.create(
        person=certificate.person, purpose=Purpose.CERTIFICATE_CHECK, wording_version="1"
    )

    page = words(client.get(reverse("verify:search"), {"number": certificate.number}))

    assert "阿**·吾**" in page
    assert certificate.job.name in page
    assert f"<bdi>{certificate.person.id_last_four}</bdi>" not in page
    assert certificate.check_code not in page


def test_trying_numbers_one_by_one_is_slowed_down_but_scanning_is_not(client, certificate):
    address = reverse("verify:search")

    answers = [client.get(address, {"number": f"ZP-2026-6523-{n:06}"}) for n in range(31)]

    assert answers[29].status_code == 200
    assert answers[30].status_code == 429
    assert "请过一分钟再查" in words(answers[30])
    scanned = client.get(reverse("verify:check", args=[certificate.check_code]))
    assert scanned.status_code == 200


def test_the_public_pages_ask_few_questions(client, certificate, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get(reverse("verify:check", args=[certificate.check_code]))
    with django_assert_max_num_queries(6):  # the cache of production adds up to six
        client.get(reverse("verify:search"), {"number": certificate.number})


def test_the_form_stands_alone(client, db):
    page = words(client.get(reverse("verify:search")))

    assert "证书编号" in page
    assert "扫" in page


# ── Those who work here, and the holder ──────────────────────────────────────────────────────


def test_the_list_filters_by_number_name_job_and_state(as_user, world, certificate):
    client = as_user(world.chen)
    address = reverse("certificates:index")

    def listed(**filters) -> bool:
        return certificate.number in words(client.get(address, filters))

    assert listed()
    assert listed(q=certificate.number)
    assert listed(q="阿迪力", state="valid", job=certificate.job_id)
    assert not listed(q="玛依拉")
    assert not listed(state="revoked")


def test_what_is_listed_is_exported_as_text_and_recorded(as_user, world, certificate):
    client = as_user(world.aygul)
    address = reverse("certificates:export")

    book = CalamineWorkbook.from_filelike(BytesIO(client.get(address).content))

    _heads, row = book.get_sheet_by_index(0).to_python()
    assert row[0] == certificate.number
    assert row[3] == certificate.person.masked_id_number
    assert row[5] == "24"
    assert certificate.person.id_number not in row
    event = audit.own_history(world.school).last()
    assert (event.verb, event.facts["count"]) == ("certificate.exported", 1)
    none = CalamineWorkbook.from_filelike(BytesIO(client.get(address, {"q": "没有"}).content))
    assert len(none.get_sheet_by_index(0).to_python()) == 1


@pytest.mark.parametrize(("person", "status"), [("ma", 403), ("adil", 403), ("wang", 200)])
def test_who_may_export(as_user, world, certificate, person, status):
    response = as_user(getattr(world, person)).get(reverse("certificates:export"))

    assert response.status_code == status
    assert certificate.number.encode() not in response.content


def test_an_export_has_an_end(as_user, world, certificate, monkeypatch):
    monkeypatch.setattr(actions, "LARGEST_EXPORT", 0)

    response = as_user(world.chen).get(reverse("certificates:export"))

    assert response.status_code == 409
    assert "筛选" in words(response)


@pytest.mark.parametrize("person", ["chen", "aygul", "li", "gu"])
def test_the_detail_shows_the_chain(as_user, world, certificate, person):
    page = words(as_user(getattr(world, person)).get(_detail(certificate)))

    training_class = certificate.attempt.candidate.enrolment.training_class
    assert training_class.title in page
    assert "75 分" in page
    assert "24 学时" in page
    assert "签发证书" in page
    assert certificate.person.id_number not in page


def test_links_of_the_chain_lead_only_where_one_may_go(as_user, world, certificate):
    sitting = reverse("exams:detail", args=[certificate.attempt.sitting_id])
    training_class = reverse(
        "classes:detail", args=[certificate.attempt.candidate.enrolment.training_class_id]
    )

    examiner = words(as_user(world.chen).get(_detail(certificate)))
    assert f'href="{sitting}"' in examiner
    assert f'href="{training_class}"' not in examiner
    registrar = words(as_user(world.aygul).get(_detail(certificate)))
    assert f'href="{training_class}"' in registrar
    assert f'href="{sitting}"' not in registrar


@pytest.mark.parametrize("person", ["wang", "far_reviewer", "mayra"])
@pytest.mark.parametrize("name", ["detail", "pdf", "revoke", "print"])
def test_strangers_find_nothing(as_user, world, certificate, person, name):
    client = as_user(getattr(world, person))
    ask = client.post if name in {"revoke", "print"} else client.get

    assert ask(reverse(f"certificates:{name}", args=[certificate.pk])).status_code == 404


def test_the_pages_want_somebody_signed_in(client, certificate):
    for page in ["detail", "pdf"]:
        response = client.get(reverse(f"certificates:{page}", args=[certificate.pk]))
        assert response.status_code == 302


def test_the_learner_finds_the_certificate_and_the_file(as_user, world, certificate):
    client = as_user(world.adil)

    assert certificate.number in words(client.get(reverse("certificates:mine")))
    assert client.get(_detail(certificate)).status_code == 200
    response = client.get(reverse("certificates:pdf", args=[certificate.pk]))
    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment")


def test_a_download_by_somebody_else_is_recorded(as_user, world, certificate):
    response = as_user(world.li).get(reverse("certificates:pdf", args=[certificate.pk]))

    assert b"".join(response.streaming_content).startswith(b"%PDF-")
    event = audit.own_history(certificate).last()
    assert (event.verb, event.actor_name) == ("certificate.downloaded", "李文涛")


def test_an_examiner_issues_from_the_list_and_sees_the_progress(as_user, world):
    sitting = make_certificates.released_sitting(world)
    client = as_user(world.chen)
    assert "签发 1 张证书" in words(client.get(reverse("certificates:index")))

    response = client.post(reverse("certificates:issue", args=[sitting.pk]), follow=True)

    assert "进行中" in words(response)
    assert "阿迪力·吾守尔" in words(response)
    part = client.get(reverse("certificates:issuing", args=[sitting.pk]), HTTP_HX_REQUEST="true")
    assert words(part).strip().startswith('<div class="job"')
    assert "签发 1 张证书" not in words(client.get(reverse("certificates:index")))


def test_a_bureau_cannot_issue(as_user, world):
    sitting = make_certificates.released_sitting(world)

    response = as_user(world.li).post(reverse("certificates:issue", args=[sitting.pk]))

    assert response.status_code == 403


def test_revoking_from_the_page(as_user, world, certificate):
    client = as_user(world.chen)
    address = reverse("certificates:revoke", args=[certificate.pk])

    missing = client.post(address, {"reason": "mistake", "note": " "})
    assert missing.status_code == 422
    assert "请写明理由" in words(missing)
    done = client.post(address, {"reason": "mistake", "note": "岗位写错"}, follow=True)

    certificate.refresh_from_db()
    assert (certificate.state, certificate.revoked_for) == (State.REVOKED, "mistake")
    assert "发证有误" in words(done)
    gone = client.get(reverse("certificates:pdf", args=[certificate.pk]))
    assert gone.status_code == 409


def test_the_list_asks_the_same_for_one_and_for_three(
    as_user, world, certificate, django_assert_max_num_queries
):
    client = as_user(world.chen)
    address = reverse("certificates:index")
    client.get(address)
    with django_assert_max_num_queries(12) as one:
        client.get(address)
    make_certificates.certificate(world, world.mayra)
    make_certificates.certificate(world, world.sun)
    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_the_detail_stays_within_its_budget(
    as_user, world, certificate, django_assert_max_num_queries
):
    for person in [world.chen, world.adil]:
        client = as_user(person)
        with django_assert_max_num_queries(12):
            client.get(_detail(certificate))


def _detail(certificate) -> str:
    return reverse("certificates:detail", args=[certificate.pk])
