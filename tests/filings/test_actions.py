"""Filing a class away from home: draft, hand in, decide, copy, remind."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import make, make_filings
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.filings import actions
from zhupei.filings.models import Copy, Filing, Reading, State
from zhupei.filings.parameters import DECIDE_WORKDAYS
from zhupei.institutions.models import Admission
from zhupei.organizations.models import Division, Kind, Organization, Role


def verbs(filing) -> list[str]:
    return [event.verb for event in audit.own_history(filing)]


def told(user) -> list[str]:
    return list(
        Message.objects.filter(recipient=user).order_by("pk").values_list("title", flat=True)
    )


def test_the_way_of_a_filing_from_draft_to_filed(world):
    filing = make_filings.filed(world)

    assert filing.state == State.FILED
    assert filing.prefecture_id == "653100"
    assert filing.number == f"YD-{timezone.localdate().year}-0001"
    assert filing.due_at is None
    assert filing.decided_at
    assert verbs(filing) == [
        "filing.drafted", "filing.paper_attached", "filing.paper_attached", "filing.submitted",
        "filing.accepted", "filing.copied",
    ]  # fmt: skip


def test_submitting_starts_the_clock_of_the_place(world):
    make.parameter_value(DECIDE_WORKDAYS, 1, make.LONG_AGO, prefecture="653100")

    filing = make_filings.submitted(world)

    event = audit.own_history(filing).last()
    assert event.facts["parameters"]["filings.decide_workdays"]["value"] == "1"
    assert event.facts["department"] == world.hr.name
    assert filing.due_at > timezone.now()
    assert filing.due_at - filing.submitted_at < timedelta(days=12)
    assert told(world.tian) == [f"待办的异地备案：{filing.number} {world.school}"]


def test_the_number_stays_through_returns(world):
    filing = make_filings.submitted(world)
    number = filing.number
    actions.send_back(filing, by=world.tian, note="地址不全")

    again = actions.submit(filing, by=world.aygul)

    assert again.number == number
    assert audit.own_history(again).last().facts["round"] == 2


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"division": "652301"}, "filing_at_home"),
        ({"jobs": "others"}, "filing_beyond_licence"),
        ({"days": -200}, "filing_too_late"),
    ],
)
def test_what_cannot_be_filed_is_refused_when_it_is_handed_in(world, change, code):
    values = {}
    if "division" in change:
        values["division"] = Division.objects.get(code=change["division"])
    if "jobs" in change:
        values["jobs"] = [make.job("HANGONG", "焊工")]
    if "days" in change:
        values["valid_from"] = timezone.localdate() - timedelta(days=200)
        values["valid_until"] = timezone.localdate() - timedelta(days=1)
    filing = make_filings.ready(world, **values)

    with refused(code):
        actions.submit(filing, by=world.aygul)
    filing.refresh_from_db()
    assert (filing.state, filing.number) == (State.DRAFT, None)


def test_without_papers_nothing_is_handed_in(world):
    with refused("papers_missing") as refusal:
        actions.submit(make_filings.draft(world), by=world.aygul)
    assert "办学许可证复印件、场地租赁或使用证明" in str(refusal.value)


def test_where_no_hr_department_is_registered_the_refusal_says_whom_to_ask(world):
    Organization.objects.filter(pk=world.hr.pk).update(prefecture="652300", division="652300")

    with refused("no_hr_department") as refusal:
        actions.submit(make_filings.ready(world), by=world.aygul)

    assert "喀什" in str(refusal.value)
    assert "联系自治区住建厅" in str(refusal.value)


def test_a_suspended_institution_files_nothing(world):
    Admission.objects.filter(organization=world.school).update(state="suspended")

    with refused("institution_not_active"):
        actions.submit(make_filings.ready(world), by=world.aygul)


def test_a_filing_ends_after_it_begins(world):
    with pytest.raises(ValidationError):
        make_filings.draft(world, valid_until=timezone.localdate())


def test_only_the_registrar_of_an_institution_drafts(world):
    for person, owner in [
        ("wang", "school"),
        ("tian", "school"),
        ("ma", "school"),
        ("li", "bureau"),
    ]:
        with refused("not_allowed"):
            actions.draft(getattr(world, owner), by=getattr(world, person), **make_filings.fields())


def test_a_change_records_only_what_changed_with_before_and_after(world):
    filing = make_filings.draft(world)
    same = make_filings.fields()

    actions.change(filing, by=world.aygul, **same)
    assert verbs(filing) == ["filing.drafted"]
    actions.change(filing, by=world.aygul, **(same | {"learners": 60}))

    event = audit.own_history(filing).last()
    assert event.facts["before"] == {"learners": "90"}
    assert event.facts["now"] == {"learners": "60"}
    assert audit.sentence(event) == "阿依古丽·买买提 修改：预计人数"


def test_what_is_being_read_is_not_changed(world):
    filing = make_filings.submitted(world)

    with refused("not_allowed"):
        actions.change(filing, by=world.aygul, learners=1)
    with refused("not_allowed"):
        actions.attach(filing, by=world.aygul, upload=make_filings.paper(), kind="other")
    with refused("not_allowed"):
        actions.remove(filing.documents.first(), by=world.aygul)


def test_a_paper_is_of_a_kind_we_know(world):
    with refused("paper_kind"):
        actions.attach(
            make_filings.draft(world), by=world.aygul, upload=make_filings.paper(), kind="lunch"
        )


def test_a_paper_taken_off_is_on_record(world):
    filing = make_filings.ready(world)

    actions.remove(filing.documents.first(), by=world.aygul)

    assert filing.documents.count() == 1
    assert verbs(filing)[-1] == "filing.paper_removed"


def test_filing_sends_copies_to_housing_at_both_ends_and_education_there(world):
    far = make.organization(Kind.EDUCATION, "昌吉州教育局", "652300")
    make.member("昌吉教育", Role.REVIEWER, far)

    filing = make_filings.filed(world)

    got = {copy.organization for copy in filing.copies.all()}
    assert got == {world.bureau, world.other_bureau, world.education}
    for reader in (world.li, world.zhou, world.far_reviewer, world.he):
        assert f"抄送：异地备案 {filing.number} {world.school}" in told(reader)
    assert told(world.aygul)[-1] == f"异地备案成功：{filing.number}"
    assert told(world.gu) == []
    event = audit.own_history(filing).last()
    assert world.education.name in audit.sentence(event)


def test_a_copy_opened_is_recorded_once_for_each_person(world):
    filing = make_filings.filed(world)

    assert actions.open_copy(filing, by=world.li) is True
    assert actions.open_copy(filing, by=world.li) is False
    assert actions.open_copy(filing, by=world.zhou) is True
    assert actions.open_copy(filing, by=world.tian) is False
    assert actions.open_copy(filing, by=world.adil) is False

    assert Reading.objects.count() == 2
    assert verbs(filing).count("filing.copy_read") == 2
    assert Copy.objects.visible_to(world.li).unread(world.li).count() == 0
    assert Copy.objects.visible_to(world.he).unread(world.he).count() == 1


def test_only_the_hr_department_of_the_place_decides(world):
    home_hr = make.organization(Kind.HR, "昌吉州人社局", "652300")
    stranger = make.member("昌吉人社", Role.REVIEWER, home_hr)
    filing = make_filings.submitted(world)

    for person in (stranger, world.far_reviewer, world.li, world.gu, world.he, world.aygul):
        with refused("not_allowed"):
            actions.accept(filing, by=person)
        with refused("not_allowed"):
            actions.send_back(filing, by=person, note="不")


def test_who_works_for_the_institution_as_well_does_not_decide(world):
    world.tian.memberships.create(organization=world.school, role=Role.TEACHER, since=make.LONG_AGO)
    with refused("not_allowed"):
        actions.accept(make_filings.submitted(world), by=world.tian)


def test_nobody_files_what_was_handed_in_again_since_it_was_read(world):
    filing = make_filings.submitted(world)
    read = actions.mark_of(filing)
    actions.withdraw(filing, by=world.aygul)
    with time_machine.travel(timezone.now() + timedelta(minutes=5), tick=False):
        actions.submit(filing, by=world.aygul)

        with refused("submitted_again"):
            actions.accept(filing, by=world.tian, seen=read)


def test_reasons_point_at_fields(world):
    filing = make_filings.submitted(world)
    reasons = [{"field": "address", "text": "写明楼层", "law": "第十条"}]

    back = actions.send_back(filing, by=world.tian, reasons=reasons)

    assert (back.state, back.due_at) == (State.RETURNED, None)
    assert audit.own_history(back).last().facts["reasons"] == reasons
    assert told(world.aygul)[-1] == f"异地备案退回补正：{filing.number}"


def test_a_return_needs_a_reason_about_something_there_is(world):
    filing = make_filings.submitted(world)

    with refused("note_required"):
        actions.send_back(filing, by=world.tian)
    with refused("reason_field_unknown"):
        actions.send_back(filing, by=world.tian, reasons=[{"field": "weather", "text": "雨"}])


def test_revoking_tells_the_institution_and_all_who_got_a_copy(world):
    filing = make_filings.filed(world)

    with refused("note_required"):
        actions.revoke(filing, by=world.tian)
    revoked = actions.revoke(filing, by=world.tian, note="场地已拆除")

    assert revoked.state == State.REVOKED
    words = f"异地备案被撤销：{filing.number} {world.school}"
    for person in (world.aygul, world.li, world.far_reviewer, world.he):
        assert told(person)[-1] == words


def test_cancelling_tells_those_who_know_of_it(world):
    filing = make_filings.filed(world)

    cancelled = actions.cancel(filing, by=world.aygul, note="不办了")

    assert cancelled.state == State.CANCELLED
    for person in (world.tian, world.li, world.far_reviewer, world.he):
        assert told(person)[-1] == f"机构取消了异地备案：{filing.number} {world.school}"
    assert told(world.aygul)[-1].startswith("异地备案成功")


def test_a_draft_is_given_up_without_a_word_to_anybody(world):
    cancelled = actions.cancel(make_filings.draft(world), by=world.aygul, note="写错了")

    assert cancelled.state == State.CANCELLED
    assert told(world.tian) == []


@pytest.mark.parametrize(
    ("verb", "person"), [("accept", "tian"), ("submit", "aygul"), ("withdraw", "aygul")]
)
def test_what_is_filed_is_not_moved_as_if_it_waited(world, verb, person):
    filing = make_filings.filed(world)

    with refused("wrong_state"):
        getattr(actions, verb)(filing, by=getattr(world, person))


def test_a_filing_covers_a_class_within_its_days_place_and_jobs(world):
    filing = make_filings.filed(world)
    first, last, job = filing.valid_from, filing.valid_until, make.job()
    day = timedelta(days=1)
    covering = Filing.objects.covering

    assert list(covering(world.school, "653100", job, first, last)) == [filing]
    assert not covering(world.school, "653100", job, first - day, last)
    assert not covering(world.school, "653100", job, first, last + day)
    assert not covering(world.school, "652300", job, first, last)
    assert not covering(world.other_school, "653100", job, first, last)
    assert not covering(world.school, "653100", make.job("HANGONG", "焊工"), first, last)
    actions.revoke(filing, by=world.tian, note="撤")
    assert not covering(world.school, "653100", job, first, last)


def test_who_is_late_is_reminded_once_and_nothing_is_filed_by_silence(world):
    filing = make_filings.submitted(world)
    assert actions.remind() == 0

    with time_machine.travel(filing.due_at + timedelta(minutes=1), tick=False):
        assert actions.remind() == 1
        assert actions.remind() == 0

    assert told(world.tian)[-1] == f"异地备案已超过时限，请尽快办理：{filing.number}"
    assert told(world.gu) == [f"人社部门办理异地备案超过时限：{filing.number}"]
    filing.refresh_from_db()
    assert filing.state == State.SUBMITTED
    assert verbs(filing)[-1] == "filing.overdue"


@pytest.mark.django_db(transaction=True)
def test_two_officers_pressing_at_once_file_once():
    world = make.world()
    filing = make_filings.submitted(world)
    colleague = make.member("人社同事", Role.REVIEWER, world.hr)

    outcomes = at_once(
        lambda: actions.accept(filing, by=world.tian).state,
        lambda: actions.accept(filing, by=colleague).state,
    )

    assert sorted(outcomes) == ["filed", "wrong_state"]
    assert Copy.objects.count() == 3
