"""The record of deeds: written once, linked, and telling when somebody touched it."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from tests import make
from tests.together import at_once
from zhupei.core import audit, context
from zhupei.core.models import Event, EventHead
from zhupei.core.verify_events import broken_events
from zhupei.organizations.events import OrganizationEvent as E
from zhupei.organizations.models import Kind


@pytest.fixture
def school(db):
    make.divisions()
    return make.organization(Kind.INSTITUTION, "天山建设职业技能培训学校", "652301")


@pytest.fixture
def chain(school) -> list[Event]:
    """Three events about one school."""
    with transaction.atomic():
        return [audit.record(E.REGISTERED, school, by=None, turn=turn) for turn in range(3)]


def tamper(statement: str, *values: object) -> None:
    """What the owner of the tables can do: take the trigger off, write, put it back."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_event DISABLE TRIGGER core_event_append_only")
        cursor.execute(statement, values)
        cursor.execute("ALTER TABLE core_event ENABLE TRIGGER core_event_append_only")


def faults() -> list[tuple[str, int]]:
    return [(link.fault, link.seq) for link in audit.broken_links()]


def verify() -> tuple[int, str]:
    """What ``zhupei verify-events`` says: its exit code and its words."""
    out = StringIO()
    try:
        call_command("verify_events", stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_an_event_says_who_did_what_where_and_for_whom(world):
    token = context.current.set(context.RequestContext("abc123", "10.0.0.7"))
    with transaction.atomic():
        event = audit.record(E.REGISTERED, world.school, by=world.li, note="看过原件")
    context.current.reset(token)

    event = Event.objects.get(pk=event.pk)
    assert event.subject == f"organizations.organization/{world.school.pk}"
    assert event.subject_label == "天山建设职业技能培训学校"
    assert (event.actor_id, event.actor_name) == (world.li.pk, "李文涛")
    assert event.organization_name == "昌吉州住房和城乡建设局"
    assert (event.request_id, event.address) == ("abc123", "10.0.0.7")
    assert event.facts == {"note": "看过原件"}


def test_each_event_is_tied_to_the_one_before_it(chain, school):
    first, second, third = audit.own_history(school)

    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert first.previous == "0" * 64
    assert (second.previous, third.previous) == (first.hash, second.hash)
    assert EventHead.objects.get(pk=first.subject).hash == third.hash


@pytest.mark.parametrize(
    "statement", ["UPDATE core_event SET actor_name = '别人'", "DELETE FROM core_event"]
)
def test_the_database_refuses_to_change_or_remove_an_event(chain, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert Event.objects.count() == 3


def test_the_orm_is_no_way_around_it(chain):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=chain[0].pk).update(actor_name="别人")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=chain[0].pk).delete()


def test_nobody_can_choose_the_link_of_an_event(chain, school):
    subject = audit.subject_key(school)

    forged = Event.objects.create(
        subject=subject, seq=77, previous="f" * 64, hash="f" * 64, verb="x", subject_label="x"
    )

    stored = Event.objects.get(pk=forged.pk)
    assert stored.seq == 4
    assert stored.previous == audit.own_history(school)[2].hash
    assert faults() == []


def test_an_untouched_record_is_whole(chain):
    assert faults() == []
    code, words = verify()
    assert code == 0
    assert "记录完整，没有改动。" in words
    assert "事件 3 条" in words


def test_an_altered_event_is_found_and_named(chain):
    tamper("UPDATE core_event SET actor_name = '别人' WHERE id = %s", chain[1].pk)

    assert faults() == [("altered", 2)]
    code, words = verify()
    assert code == 1
    assert f"事件 {chain[1].pk}  " in words
    assert "第 2 条 organization.registered：内容被改动" in words
    assert f"事件 {chain[0].pk}  " not in words
    assert f"事件 {chain[2].pk}  " not in words


def test_an_altered_fact_is_found(chain):
    tamper("UPDATE core_event SET facts = '{\"turn\": 9}' WHERE id = %s", chain[0].pk)

    assert faults() == [("altered", 1)]


def test_an_event_removed_from_the_middle_leaves_a_gap(chain):
    tamper("DELETE FROM core_event WHERE id = %s", chain[1].pk)

    assert faults() == [("unlinked", 3)]
    code, words = verify()
    assert code == 1
    assert f"事件 {chain[2].pk}  " in words
    assert "有事件被删除或调换" in words


def test_an_event_cut_off_at_the_end_is_missed(chain, school):
    tamper("DELETE FROM core_event WHERE id = %s", chain[2].pk)

    assert faults() == [("cut_off", 3)]
    code, words = verify()
    assert code == 1
    assert f"{audit.subject_key(school)} 第 3 条" in words


def test_a_whole_chain_without_its_head_is_missed(chain, school):
    EventHead.objects.filter(pk=audit.subject_key(school)).delete()

    assert faults() == [("headless", 1)]
    assert "链条没有登记" in verify()[1]


def test_rewriting_an_event_with_its_hash_breaks_the_next_link(chain):
    tamper("UPDATE core_event SET actor_name = '别人' WHERE id = %s", chain[1].pk)
    tamper(
        "UPDATE core_event SET hash = core_event_hash(previous, core_event_canonical(core_event))"
        " WHERE id = %s",
        chain[1].pk,
    )

    assert faults() == [("unlinked", 3)]


def test_rewriting_the_whole_chain_and_its_head_still_changes_the_seal(chain, school):
    before = audit.seal()
    tamper("DELETE FROM core_event WHERE id = %s", chain[2].pk)
    EventHead.objects.filter(pk=audit.subject_key(school)).update(seq=2, hash=chain_hash(chain[1]))

    assert faults() == []
    assert audit.seal().digest != before.digest


def chain_hash(event: Event) -> str:
    return Event.objects.get(pk=event.pk).hash


def test_two_things_have_two_chains(chain, school):
    other = make.organization(Kind.INSTITUTION, "昆仑建设技能培训学校", "653101")
    with transaction.atomic():
        event = audit.record(E.REGISTERED, other, by=None)

    assert Event.objects.get(pk=event.pk).seq == 1
    assert audit.seal().subjects == 2
    assert faults() == []


def test_an_event_shows_on_the_page_of_the_larger_thing(world):
    with transaction.atomic():
        audit.record(
            E.MEMBER_JOINED, world.room, by=None, within=world.school, member="王", role=""
        )

    assert audit.history(world.school).count() == 1
    assert audit.own_history(world.school).count() == 0
    (line,) = audit.timeline(world.school)
    assert line.sentence == "系统 让 王 担任"


def test_the_timeline_shows_the_newest_first_with_its_note(chain, school):
    with transaction.atomic():
        audit.record(E.REGISTERED, school, by=None, note="补登")

    lines = audit.timeline(school, newest=2)

    assert [line.note for line in lines] == ["补登", ""]
    assert lines[0].sentence == "系统 登记了 天山建设职业技能培训学校"


def test_the_lines_of_an_archive_prove_themselves_elsewhere(chain, school):
    import json  # noqa: PLC0415 - only here

    lines = [json.dumps(line) for line in audit.canonical_lines([school])]

    assert len(lines) == 3
    assert list(broken_events(lines)) == []
    altered = lines[1].replace("天山", "昆仑").replace("\\u5929\\u5c71", "\\u6606\\u4ed1")
    assert [fault.fault for fault in broken_events([lines[0], altered, lines[2]])] == ["altered"]


def test_simulated_time_is_marked_for_ever(school):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL zhupei.simulated_time = '2026-03-01T09:00:00+08'")
        event = audit.record(E.REGISTERED, school, by=None)
        cursor.execute("SET LOCAL zhupei.simulated_time = ''")
        real = audit.record(E.REGISTERED, school, by=None)

    event, real = Event.objects.get(pk=event.pk), Event.objects.get(pk=real.pk)
    assert event.at == datetime(2026, 3, 1, 1, tzinfo=UTC)
    assert event.facts == {"simulated": True}
    assert real.facts == {}
    assert faults() == []


def test_many_events_in_one_statement_are_linked_like_single_ones(world):
    schools = [world.school, world.other_school, world.school]

    with transaction.atomic():
        audit.record_all(E.REGISTERED, schools, by=world.gu, note="年检")

    assert [event.seq for event in audit.own_history(world.school)] == [1, 2]
    assert faults() == []


def test_no_reader_finds_the_sentences_half_read(chain, monkeypatch):
    audit._sentences.cache_clear()
    half = iter([{E.REGISTERED: "%(actor)s 登记了%(thing)s"}])

    def broken(*_room: str):
        yield from half
        raise ImportError

    with monkeypatch.context() as patch:
        patch.setattr(audit, "gathered", broken)
        with pytest.raises(ImportError):
            audit.sentence(chain[0])

    assert len(audit._sentences()) > 1


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    make.divisions()
    school = make.organization(Kind.INSTITUTION, "天山建设职业技能培训学校", "652301")

    with pytest.raises(RuntimeError, match="needs a transaction"):
        audit.record(E.REGISTERED, school, by=None)
    with pytest.raises(RuntimeError, match="needs a transaction"):
        audit.record_all(E.REGISTERED, [school], by=None)


@pytest.mark.django_db(transaction=True)
def test_people_writing_about_one_thing_at_once_keep_the_chain():
    make.divisions()
    school = make.organization(Kind.INSTITUTION, "天山建设职业技能培训学校", "652301")

    def write() -> None:
        for _turn in range(5):
            with transaction.atomic():
                audit.record(E.REGISTERED, school, by=None)

    at_once(*[write] * 4)

    assert [event.seq for event in audit.own_history(school)] == list(range(1, 21))
    assert faults() == []
