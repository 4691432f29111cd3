"""The pages: of the bureau, of the institution, of anybody."""

from datetime import timedelta
from io import BytesIO

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make_attendance, make_credit, make_oversight
from zhupei.core.models import Event
from zhupei.credit.actions import exports, records, repairs
from zhupei.credit.events import GradeEvent, RecordEvent, RepairEvent
from zhupei.credit.models import CreditRecord, Grade, Objection, RecordState, Repair

PUBLIC = "/public/credit/"


@pytest.fixture
def found(world):
    return make_credit.record(world, ago=120, paper="昌建信〔2026〕3号")


def page(name: str, *args: object) -> str:
    return reverse(f"credit:{name}", args=args)


def entered(**said: object) -> dict[str, object]:
    return {
        "about": "institution",
        "seriousness": "ordinary",
        "ground": "虚报学时",
        "law": "《办法》第二十三条",
        "decided_on": timezone.localdate().isoformat(),
        "step": "enter",
    } | said


def test_the_terms_are_shown_before_anything_is_entered(world, as_user):
    url = page("enter", world.school.pk)

    seen = as_user(world.li).post(url, entered(step="look"))

    assert not CreditRecord.objects.exists()
    will = seen.context["will"]["record"]
    assert will.shown
    assert will.longest_until > will.shortest_until > timezone.localdate()
    assert "虚报学时" in seen.text  # what was typed stays

    done = as_user(world.li).post(url, entered())

    row = CreditRecord.objects.get()
    assert done.url == page("record", row.pk)
    assert row.number == will.number  # nothing of the rehearsal stayed, not even a number
    assert (row.shortest_until, row.longest_until) == (will.shortest_until, will.longest_until)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"ground": ""}, "ground"),
        ({"seriousness": ""}, "seriousness"),
        ({"about": "principal"}, "person_name"),
        ({"decided_on": (timezone.localdate() + timedelta(days=9)).isoformat()}, "decided_on"),
        ({"decided_on": "2001-01-01"}, "decided_on"),
        ({"decided_on": "昨天"}, "decided_on"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(world, as_user, said, field):
    seen = as_user(world.li).post(page("enter", world.school.pk), entered(**said))

    assert seen.status_code == 422
    assert seen.context["form"].errors[field]
    assert "《办法》第二十三条" in seen.text
    assert not CreditRecord.objects.exists()


def test_the_whole_way_from_the_pages(world, as_user, found):
    url = page("record", found.pk)
    assert "申请信用修复" in as_user(world.aygul).get(url).text
    sent = as_user(world.aygul).post(
        page("repair", found.pk),
        {
            "account": "已退费",
            "proof": make_credit.paper(),
            "commitment": make_credit.paper("承诺书.pdf"),
        },
    )
    assert sent.url == url
    repair = Repair.objects.get()
    paper = as_user(world.li).get(page("paper", repair.pk, "proof"))
    assert b"".join(paper.streaming_content).startswith(b"%PDF")
    assert Event.objects.filter(verb=RepairEvent.SEEN).exists()

    as_user(world.li).post(page("repair-move", repair.pk, "grant"), {"note": "属实"})

    found.refresh_from_db()
    assert found.state == RecordState.REPAIRED
    assert "已修复" in as_user(world.aygul).get(url).text


def test_a_bad_paper_is_refused_beside_its_field(world, as_user, found):
    sent = as_user(world.aygul).post(
        page("repair", found.pk),
        {"account": "已退费", "proof": make_credit.paper("证明.exe"), "commitment": ""},
    )
    assert sent.status_code == 422
    assert sent.context["form"].errors["commitment"]

    sent = as_user(world.aygul).post(
        page("repair", found.pk),
        {
            "account": "已退费",
            "proof": make_credit.paper("证明.exe"),
            "commitment": make_credit.paper("承诺书.pdf"),
        },
    )
    assert sent.context["form"].errors["proof"]
    assert "已退费" in sent.text


def test_before_the_shortest_term_the_page_says_from_when(world, as_user):
    fresh = make_credit.record(world)

    seen = as_user(world.aygul).get(page("record", fresh.pk))

    assert not seen.context["may_repair"]
    assert "最短期限到" in seen.context["why_not"]


def test_objecting_and_putting_right_from_the_pages(world, as_user, found):
    as_user(world.aygul).post(page("object", found.pk), {"grounds": "<script>alert(1)</script>"})
    objection = Objection.objects.get()
    seen = as_user(world.gu).get(page("record", found.pk))
    assert "<script>alert(1)" not in seen.text
    assert "&lt;script&gt;" in seen.text
    unchanged = {"seriousness": "ordinary", "ground": found.ground, "law": found.law, "note": "x"}
    assert as_user(world.gu).post(page("amend", objection.pk), unchanged).status_code == 422

    changed = unchanged | {"ground": "收取资料费未公示", "note": "事由有误"}
    sent = as_user(world.gu).post(page("amend", objection.pk), changed)

    assert sent.url == page("record", found.pk)
    found.refresh_from_db()
    assert found.ground == "收取资料费未公示"


def test_the_public_reads_what_is_published_and_not_a_moment_longer(world, found):
    hidden = make_credit.record(world, seriousness="minor", ground="登记表漏填")
    principal = make_credit.record(
        world, about="principal", person_name="赵明", ground="默许他人代课"
    )
    anybody = Client()

    seen = anybody.get(PUBLIC)

    assert found.ground in seen.text
    assert hidden.ground not in seen.text
    assert principal.ground in seen.text
    assert "赵明" not in seen.text  # the role, not the name
    assert "no-store" in seen["Cache-Control"]
    assert "noarchive" in seen["X-Robots-Tag"]
    of_the_school = reverse("portal:institution", args=[world.school.pk])
    own = anybody.get(of_the_school)
    assert found.ground in own.text
    assert world.bureau.complaint_phone in own.text

    records.withdraw(found, by=world.li, note="误录")

    for url in (PUBLIC, f"{PUBLIC}?q=发票", of_the_school):
        assert found.ground not in anybody.get(url).text


def test_the_public_finds_by_name_and_place_and_sees_an_objection(world, found):
    make_credit.record(world, organization=world.other_school, by=world.far_reviewer, ground="别家")
    make_credit.objection(world, found)
    anybody = Client()

    seen = anybody.get(PUBLIC, {"q": "天山", "prefecture": "652300"})

    assert [row["record"] for row in seen.context["rows"]] == [found]
    assert "异议办理中" in seen.text
    assert "没有符合条件的公示" in anybody.get(PUBLIC, {"q": "天山", "prefecture": "653100"}).text
    assert anybody.get(reverse("portal:institution", args=[world.body.pk])).status_code == 404


def test_the_region_takes_its_list_away_and_that_is_an_event(world, as_user, found):
    make_credit.record(world, organization=world.other_school, by=world.far_reviewer)

    answer = as_user(world.gu).get(page("export"), {"q": "天山"})

    sheet = python_calamine.load_workbook(BytesIO(answer.content)).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert [row[0] for row in rows] == ["编号", found.number]
    assert rows[1][8] == "昌建信〔2026〕3号"
    assert Event.objects.get(verb=RecordEvent.EXPORTED).facts["count"] == 1
    assert as_user(world.aygul).get(page("export")).status_code == 403
    assert exports.LARGEST > 1000


def test_the_list_is_filtered_by_its_address(world, as_user, found):
    minor = make_credit.record(world, seriousness="minor")
    make_credit.repair(world, found)
    client = as_user(world.gu)

    def listed(**said):
        return {row["record"].pk for row in client.get(page("index"), said).context["rows"]}

    assert listed() == {found.pk, minor.pk}
    assert listed(state="shown") == {found.pk}
    assert listed(state="repairing") == {found.pk}
    assert listed(state="objected") == set()
    assert listed(seriousness="minor") == {minor.pk}
    assert listed(prefecture="653100") == set()
    assert listed(state="in_force", q=found.number) == {found.pk}


def test_the_file_shows_what_credit_does_elsewhere(world, as_user, found):
    running = make_attendance.class_with_learners(world, world.adil)
    make_oversight.suspension(world)
    make_credit.grade(world, grade="C")

    seen = as_user(world.aygul).get(page("file", world.school.pk))

    bearings = {one.title: one for one in seen.context["bearings"]}
    assert bearings["公众能看到的"].word == "公示中 1 条"
    assert running.title in bearings["开班计划"].facts
    assert bearings["准入和业务"].word == "暂停业务"
    assert bearings["双随机抽查"].word == "加签 6"
    assert bearings["双随机抽查"].facts == "评估等级 C +4、失信记录（一般）×1 +2"
    assert bearings["年度评估"].word == "没有方案"
    assert bearings["管理措施"].word == "没有"
    assert bearings["整改"].word == "没有逾期"

    make_credit.repair(world, found)
    repairs.grant(Repair.objects.get(), by=world.li, note="属实")

    seen = as_user(world.aygul).get(page("file", world.school.pk))
    bearings = {one.title: one for one in seen.context["bearings"]}
    assert bearings["公众能看到的"].word == "没有公示"
    assert bearings["双随机抽查"].word == "加签 4"


def test_grades_are_set_listed_and_taken_away(world, as_user):
    year = timezone.localdate().year - 1
    said = {"year": year, "grade": "B", "score": "78.50", "note": ""}
    url = page("set-grade", world.school.pk)
    assert as_user(world.li).get(url).status_code == 403
    assert as_user(world.gu).post(url, said | {"score": "178"}).status_code == 422
    looked = as_user(world.gu).post(url, said | {"grade": "C"})
    (turn,) = looked.context["will"][1]
    assert (turn.before.word, turn.after.word) == ("不加签", "加签 4")
    assert not Grade.objects.exists()
    said |= {"step": "enter"}
    as_user(world.gu).post(url, said)
    assert Grade.objects.get().grade == "B"
    again = as_user(world.gu).post(url, said | {"grade": "A"})
    assert again.context["form"].errors["note"]
    as_user(world.gu).post(url, said | {"grade": "A", "note": "复核后"})

    seen = as_user(world.gu).get(page("grades"), {"year": year})
    assert [row["grade"].grade for row in seen.context["rows"]] == ["A"]
    kept = as_user(world.gu).get(page("file", world.school.pk))
    assert len(kept.context["grades"]) == 2
    answer = as_user(world.gu).get(page("export-grades"))
    sheet = python_calamine.load_workbook(BytesIO(answer.content)).get_sheet_by_index(0)
    assert sheet.to_python()[1][3:5] == ["A", "78.50"]
    assert Event.objects.filter(verb=GradeEvent.EXPORTED).count() == 1


@pytest.mark.parametrize("person", ["adil", "ma", "song"])
def test_who_has_nothing_to_do_with_it_finds_nothing(world, as_user, found, person):
    client = as_user(getattr(world, person))

    assert client.get(page("record", found.pk)).status_code == 404
    if person != "song":
        assert client.get(page("index")).status_code == 404
