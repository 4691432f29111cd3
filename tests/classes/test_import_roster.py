"""The command line of the roster: what programs read, what people read, how it ends."""

import json
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command

from tests import make_classes

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"
EXPECTED = json.loads((ROSTERS / "expected.json").read_text("utf-8"))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-20 04:00:00+00:00", tick=False):
        yield


def run(name: str, capsys, *options: str) -> tuple[int, str]:
    try:
        call_command("import_roster", str(ROSTERS / name), "--dry-run", *options)
    except SystemExit as ending:
        return int(ending.code or 0), capsys.readouterr().out
    return 0, capsys.readouterr().out


@pytest.mark.parametrize("name", EXPECTED)
def test_every_given_roster_is_answered_in_json(name, capsys):
    expected = EXPECTED[name]

    status, out = run(name, capsys, "--json")

    answer = json.loads(out)
    assert status == (1 if "refused" in expected else 0)
    assert answer["file"] == name
    assert answer["refused"] == expected.get("refused")
    assert answer["column"] == expected.get("column")
    assert answer["columns_not_collected"] == expected.get("columns_not_collected", [])
    good = [row for row in answer["rows"] if row["status"] == "good"]
    bad = [row for row in answer["rows"] if row["status"] == "refused"]
    assert [(row["sheet"], row["row"], row["name"], row["id"], row["phone"]) for row in good] == [
        (row.get("sheet"), row["row"], row["name"], row["id"], row["phone"])
        for row in expected.get("good", [])
    ]
    assert [(row["row"], row["code"]) for row in bad] == [
        (row["row"], row["why"]) for row in expected.get("bad", [])
    ]


def test_people_read_every_fault_with_row_rule_and_fix_and_no_whole_number(capsys):
    _status, out = run("报名花名册.xlsx", capsys)

    assert "18 行可以导入，6 行有问题" in out
    assert "第 6 行" in out
    assert "校验码不对" in out
    assert "650000197605142470" not in out
    assert "没有收集的列：民族、政治面貌" in out
    assert "合计行" in out


def test_a_refused_file_is_answered_with_one_sentence(capsys):
    status, out = run("缺列.xlsx", capsys)

    assert status == 1
    assert "身份证号" in out


def test_a_file_that_is_not_there_is_said(capsys):
    with pytest.raises(CommandError, match="打不开"):
        run("没有.xlsx", capsys)


def test_without_a_class_nothing_but_a_rehearsal_is_possible():
    with pytest.raises(CommandError, match="--class"):
        call_command("import_roster", str(ROSTERS / "缺列.xlsx"))


def test_with_a_class_the_good_rows_are_invited_once(world, capsys):
    training_class = make_classes.planned_class(world)
    words = [str(ROSTERS / "导出名单.csv"), "--class", str(training_class.pk), "--json"]

    call_command("import_roster", *words, "--dry-run")
    assert training_class.invitations.count() == 0
    call_command("import_roster", *words, "--by", world.aygul.username)
    call_command("import_roster", *words, "--by", world.aygul.username)

    answers = capsys.readouterr().out.split("\n}\n")
    assert [json.loads(text + "}")["invited"] for text in answers[:3]] == [None, 15, 0]
    assert training_class.invitations.count() == 15


def test_a_stranger_cannot_invite_from_the_command_line_either(world, capsys):
    training_class = make_classes.planned_class(world)
    words = [str(ROSTERS / "导出名单.csv"), "--class", str(training_class.pk), "--json"]

    with pytest.raises(SystemExit):
        call_command("import_roster", *words, "--by", world.wang.username)
    with pytest.raises(CommandError, match="--by"):
        call_command("import_roster", *words)

    assert json.loads(capsys.readouterr().out)["refused"] == "not_allowed"
    assert training_class.invitations.count() == 0


def test_a_class_that_does_not_exist_is_said(db):
    with pytest.raises(CommandError, match="没有编号为 404"):
        call_command("import_roster", str(ROSTERS / "空表.xlsx"), "--class", "404", "--dry-run")
