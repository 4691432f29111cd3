"""An outsider recomputes a draw; whoever owns the database cannot make another one pass."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make, make_inspections
from tests.refusals import refused
from zhupei.core.models import Event
from zhupei.inspections import package, rules, verify_draw, verifying
from zhupei.inspections.actions import drawing, replacing
from zhupei.inspections.models import Assignment, Draw, Frame, Inspection
from zhupei.organizations.models import Interest


@pytest.fixture
def draw(world):
    """Joint, weighted, with somebody who stays away and somebody who could not go."""
    make_inspections.people(world)
    schools = make_inspections.schools(world, 12)
    Interest.objects.create(
        user=world.yang, organization=schools[0], kind="owner", since=make.LONG_AGO
    )
    made = make_inspections.drawn(
        world, bodies=[world.bureau, world.home_hr], housing_count=1, hr_count=1
    )
    first = made.inspections.first()
    replacing.replace(first.assignments.get(place=1), by=world.li, because="住院")
    return made


def outsider(tmp_path: Path, name: str, content: bytes, *words: str) -> SimpleNamespace:
    """Somebody with the published files, Python, and nothing else: no path to the product."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "verify_draw.py").write_bytes(package.script())
    done = subprocess.run(
        [sys.executable, "-I", "verify_draw.py", name, *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    return SimpleNamespace(code=done.returncode, said=done.stdout + done.stderr)


def test_an_outsider_recomputes_the_draw_from_the_published_package(draw, client, tmp_path):
    noted = client.get(f"/draws/{draw.number}/")
    assert draw.terms_sha256 in noted.content.decode()
    for name in ("draw.json", "draw.zip"):
        answer = client.get(f"/draws/{draw.number}/{name}")
        assert answer.status_code == 200
        found = outsider(tmp_path, name, answer.content, "--terms", draw.terms_sha256)
        assert found.code == 0, found.said
        assert draw.seed in found.said
        for inspection in draw.inspections.all():
            assert inspection.key in found.said
    assert client.get("/draws/verify_draw.py").content == package.script()


def test_the_script_needs_nothing_of_ours():
    code = package.script().decode()
    assert "import zhupei" not in code
    assert "from zhupei" not in code
    assert "django" not in code


def test_the_zip_holds_the_texts_as_they_were_hashed(draw):
    with zipfile.ZipFile(io.BytesIO(package.as_zip(draw))) as packed:
        for frame in Frame.objects.filter(draw=draw):
            text = packed.read(f"{draw.number}/frames/{frame.kind}.txt")
            assert rules.digest(text.decode()) == frame.sha256
        assert packed.read(f"{draw.number}/verify_draw.py") == package.script()
    assert package.as_zip(draw) == package.as_zip(draw)


def test_a_package_of_before_aliases_still_verifies(tmp_path):
    content = (Path(__file__).parents[1] / "data" / "draws" / "draw-1.json").read_bytes()

    found = outsider(tmp_path, "draw.json", content)
    assert found.code == 0, found.said
    said = json.loads(content)
    said["drawn"][1]["inspectors"].reverse()
    assert verify_draw.verify(said)


def test_the_package_tells_nothing_about_people_or_what_is_known_inside(world, client):
    make_inspections.people(world)
    for body in (world.school, *make_inspections.schools(world, 3)):
        Interest.objects.create(
            user=world.yang, organization=body, kind="relative", since=make.LONG_AGO
        )
    draw = make_inspections.drawn(world, percent=100)
    said = client.get(f"/draws/{draw.number}/draw.json").content.decode()
    page = client.get(f"/draws/{draw.number}/").content.decode()

    assert str(world.kang) in said
    assert str(world.yang) not in said + page
    for word in ("inspector/0", "lead", "recusal", draw.secret, "近亲属"):
        assert word not in said
    aliases = [line.split("\t")[2] for line in json.loads(said)["inspectors"].split("\n")[1:-1]]
    assert len(set(aliases)) == len(aliases) == 2 * 4  # of Kang and Ding, at four bodies


def test_who_was_replaced_and_why_is_not_public(draw, client):
    said = client.get(f"/draws/{draw.number}/draw.json").content.decode()
    page = client.get(f"/draws/{draw.number}/").content.decode()

    assert "住院" not in said + page
    assert "换过 1 人" in page


def test_frames_of_before_aliases_are_neither_drawn_from_nor_handed_out(world, client):
    made = make_inspections.frozen(world)
    Draw.objects.filter(pk=made.pk).update(secret="")
    with make_inspections.after_lottery():
        known = make_inspections.known(made, world)
        with refused("old_format"):
            drawing.draw(known, by=world.li)
    assert client.get(f"/draws/{made.number}/draw.json").status_code == 404
    assert "旧格式" in verifying.faults(Draw.objects.get(pk=made.pk))[0]


def test_a_draw_of_before_aliases_stays_readable_and_is_no_mismatch(draw, world, client, capsys):
    Draw.objects.filter(pk=draw.pk).update(secret="")
    old = Draw.objects.get(pk=draw.pk)

    assert str(draw.inspections.first().name) in client.get(f"/draws/{draw.number}/").text
    assert not Frame.objects.public().exists()
    for name in ("draw.json", "draw.zip"):
        assert client.get(f"/draws/{draw.number}/{name}").status_code == 404
    call_command("verify_draw", draw.number)
    assert "旧格式" in capsys.readouterr().out
    going = Assignment.objects.filter(inspection__draw=old, out_at=None).first()
    with refused("old_format"):
        replacing.replace(going, by=world.li, because="出差")


def test_inspectors_are_read_once_for_all_who_stepped_in(draw, world):
    second = draw.inspections.all()[1]
    replacing.replace(second.assignments.get(place=1), by=world.li, because="出差")
    with CaptureQueriesContext(connection) as asked:
        package.document(draw)
    found = [one for one in asked if 'FROM "inspections_frameinspector"' in one["sql"]]
    assert len(found) == 1


def test_before_the_draw_the_package_proves_the_frames_alone(world, tmp_path):
    draw = make_inspections.frozen(world)
    found = outsider(tmp_path, "draw.json", package.as_json(draw), "--terms", draw.terms_sha256)
    assert found.code == 0, found.said
    assert "还没有抽取" in found.said


def test_names_and_seeds_of_any_script_recompute(world, tmp_path):
    school = make_inspections.schools(world, 1)[0]
    school.name = "Шаңырақ · ئۆيلۇق — «é̂» 🏗️ 学校"
    school.save()
    made = make_inspections.frozen(world)
    with make_inspections.after_lottery():
        known = make_inspections.known(made, world, "Айгүл · ئايگۈل 🎲 e\u0301")
        made = drawing.draw(known, by=world.li)
    assert "\u2014" in made.frames.get(kind="objects").text
    found = outsider(tmp_path, "draw.json", package.as_json(made))
    assert found.code == 0, found.said


def again(said: dict) -> None:
    """Everything frozen anew and consistent in itself: only the noted hash tells."""
    said["terms"] = said["terms"].replace("title\t", "title\t另一次 ")
    said["terms_sha256"] = rules.digest(said["terms"])


def replaced(kind: str, old: str, new: str):
    return lambda said: said.update({kind: said[kind].replace(old, new, 1)})


def line(**fields):
    return lambda said: said["drawn"][0].update(fields)


SPOILED = {
    "objects": replaced("objects", "organization/", "organization/9"),
    "inspectors": replaced("inspectors", "\thousing\t", "\thousing\t0"),
    "absent": replaced("inspectors", "organization/", "organization/9"),
    "weight": replaced("objects", "\t4\t", "\t9\t"),
    "terms": replaced("terms", "percent\t50", "percent\t60"),
    "again": again,
    "value": lambda said: said.update(values=["07342"]),
    "values": lambda said: said.update(values=[]),
    "seed": lambda said: said.update(seed=rules.digest("chosen")),
    "object": line(object="institution/1"),
    "crew": lambda said: said["drawn"][0]["inspectors"].reverse(),
    "alone": lambda said: said["drawn"][0]["inspectors"].pop(),
    "friend": lambda said: said["drawn"][0]["replaced"][0].update({"in": "9" * 32}),
    "name": lambda said: said["drawn"][0]["opened"][0].update(name="张三"),
    "stranger": lambda said: said["drawn"][0]["opened"][0].update(alias="9" * 32),
}


@pytest.mark.parametrize("what", SPOILED)
def test_the_script_finds_what_was_changed(draw, what, tmp_path):
    said = json.loads(package.as_json(draw))
    SPOILED[what](said)
    content = json.dumps(said).encode()
    found = outsider(tmp_path, "draw.json", content, "--terms", draw.terms_sha256)

    assert found.code == 1, found.said
    assert "处不符" in found.said
    assert verify_draw.verify(said, draw.terms_sha256)


def test_a_commitment_that_does_not_open_is_found(draw):
    said = json.loads(package.as_json(draw))
    said["terms"] = said["terms"].replace("input-1\tevent", f"input-1\tcommitment {'0' * 64}")
    assert any("承诺" in one for one in verify_draw.verify(said))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"format": "zhupei-draw-1"}',
        b'{"format": "zhupei-draw-2"}',
        b'{"format": ["zhupei-draw-2"]}',
        b"\xff\xfe",
        b'{"format": "zhupei-draw-1", "terms": 3}',
    ],
)
def test_what_is_no_package_is_said_to_be_none(content, tmp_path):
    found = outsider(tmp_path, "draw.json", content)
    assert found.code == 2
    assert "Traceback" not in found.said


def test_without_a_file_the_script_explains_itself(capsys):
    assert verify_draw.main([]) == 2
    assert "重算" in capsys.readouterr().out


# zhupei verify-draw


def test_the_command_agrees(draw, capsys):
    call_command("verify_draw", draw.number)
    said = capsys.readouterr().out
    assert "一致" in said
    assert draw.terms_sha256 in said
    assert verifying.faults(draw) == []


def test_the_command_knows_all_of_them(draw, capsys):
    call_command("verify_draw")
    assert draw.number in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有编号"):
        call_command("verify_draw", "SJ-1999-0001")


def frame_changed(draw):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE inspections_frame DISABLE TRIGGER frame_is_frozen")
        Frame.objects.filter(draw=draw, kind="objects").update(text="zhupei")
        cursor.execute("ALTER TABLE inspections_frame ENABLE TRIGGER frame_is_frozen")


def seed_changed(draw):
    draw.seed = rules.digest("chosen")
    draw.save()


def terms_changed(draw):
    draw.terms_sha256 = rules.digest("other")
    draw.save()


def value_changed(draw):
    draw.inputs.update(value="07342")


def object_changed(draw):
    Inspection.objects.filter(draw=draw, place=2).update(key="institution/1")


def object_removed(draw):
    last = draw.inspections.last()
    last.assignments.all().delete()
    last.delete()


def recusal_changed(draw):
    draw.inspectors.get(key="inspector/001").recusals.all().delete()


def name_changed(draw):
    draw.inspectors.filter(key="inspector/001").update(name="张三")


def inspector_changed(draw):
    one = Assignment.objects.filter(inspection__draw=draw, inspection__place=2).first()
    there = one.inspection.assignments.values("inspector")
    one.inspector = draw.inspectors.exclude(pk__in=there).first()
    one.save()


def test_an_event_replaced_is_noticed(draw):
    assert Event.objects.filter(verb="draw.frozen").exists()
    draw.pk = draw.pk + 1_000_000  # the record knows nothing of such a draw
    assert any("记录" in one for one in verifying.faults(draw))


@pytest.mark.parametrize(
    "change",
    [
        frame_changed,
        seed_changed,
        terms_changed,
        value_changed,
        object_changed,
        object_removed,
        inspector_changed,
        recusal_changed,
        name_changed,
    ],
    ids=lambda change: change.__name__,
)
def test_the_command_finds_what_was_changed_in_the_database(draw, change, capsys):
    change(draw)
    draw.refresh_from_db()
    assert verifying.faults(draw)
    with pytest.raises(CommandError, match="不一致"):
        call_command("verify_draw", draw.number)
    assert "不符" in capsys.readouterr().out
