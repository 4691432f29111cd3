"""A sitting with written answers: the package marks itself again, people's part included."""

import csv
import io
import json
import subprocess
import sys

import pytest

from tests import make_archives, make_marking
from tests import make_item_corrections as make_corrections
from zhupei.appeals.actions import cases
from zhupei.archives import actions, properties
from zhupei.archives.contents import judgement, papers, room
from zhupei.exams.actions import marks


@pytest.fixture
def judged(world):
    """Adil and Mayra wrote; everything was marked and released; Mayra doubts, Adil is accused."""
    sitting = make_marking.marked(world, world.adil, world.mayra)
    make_archives.recording(world, sitting)
    cases.notify(make_marking.case(world, sitting), by=world.chen)
    return sitting


def opened(world, sitting, unpacked):
    return unpacked(actions.make(sitting, by=world.chen)) / "data"


def says(folder) -> str:
    words = [sys.executable, "-I", str(folder / "recompute_marks.py")]
    return subprocess.run(words, capture_output=True, text=True, check=False).stdout


def test_marks_people_had_a_part_in_are_computed_again_from_the_package_alone(
    world, judged, unpacked
):
    folder = opened(world, judged, unpacked)
    assert "重算 2 份答卷：成绩、结论和指纹全部相符" in says(folder)

    readings = [json.loads(line) for line in (folder / "人工评分.jsonl").read_text().splitlines()]
    readings[0]["share"] = "1/10"
    (folder / "人工评分.jsonl").write_text("\n".join(map(json.dumps, readings)))

    assert "成绩表 90.00（合格）" in says(folder)


@pytest.mark.parametrize("ruling", ["new_key", "all", "void"])
def test_marks_of_items_put_right_are_computed_again_and_the_decision_is_looked_up(
    world, judged, unpacked, ruling
):
    make_corrections.in_force(world, judged, ruling=ruling)
    folder = opened(world, judged, unpacked)
    assert "重算 2 份答卷：成绩、结论和指纹全部相符" in says(folder)
    [told] = json.loads((folder / judgement.CORRECTIONS).read_text())
    assert (told["理由"], told["状态"]) == ("教材第 37 页：答案应为 A。", "已更正")

    keys = json.loads((folder / "标准答案.json").read_text())
    keys["papers"]["A"]["corrections"]["1"] = {"item": 1, "ruling": "void", "keys": []}
    (folder / "标准答案.json").write_text(json.dumps(keys))

    assert "A 卷第 2 题的更正不在事件记录的决定里" in says(folder)


def test_an_order_that_does_not_follow_from_its_seed_is_named(world, judged, unpacked):
    folder = opened(world, judged, unpacked)
    first, *others = (folder / "题序.jsonl").read_text().splitlines()
    shown = json.loads(first)
    shown["order"] = shown["order"][::-1]
    (folder / "题序.jsonl").write_text("\n".join([json.dumps(shown), *others]))

    assert "题目和选项顺序与其种子不符" in says(folder)


def test_a_void_mark_is_not_compared(world, judged, unpacked):
    marks.void(make_marking.attempt_of(judged, world.adil), by=world.chen, note="替考")

    folder = opened(world, judged, unpacked)

    assert "全部相符" in says(folder)
    assert "无效" in (folder / "成绩.csv").read_text("utf-8-sig")


def test_the_room_the_judging_and_the_recordings_lie_in_the_package(world, judged, unpacked):
    folder = opened(world, judged, unpacked)
    pieces = [*room.pieces(judged), *judgement.pieces(judged)]
    assert [piece.folder for piece in pieces] == [room.RECORDINGS, judgement.CASES]
    assert all(list((folder / piece.folder).iterdir()) for piece in pieces)

    readings = (folder / "人工评分.jsonl").read_text()
    assert "库尔班" in readings
    case = json.loads((folder / "违纪处理.json").read_text())[0]
    assert "用手机查答案" in case["事实"]
    assert (folder / case["材料"][0]).exists()
    [video] = csv.DictReader(io.StringIO((folder / "音视频登记.csv").read_text("utf-8-sig")))
    assert video["机位"] == "前门全景"
    assert (folder / video["所在位置"]).exists()
    assert json.loads((folder / "组卷.json").read_text())["solver"]
    assert json.loads((folder / "试题来源.json").read_text())


def test_the_four_properties_are_reported_and_what_no_machine_can_say_is_left_to_people(
    world, judged, unpacked
):
    folder = opened(world, judged, unpacked)

    report = list(csv.DictReader(io.StringIO((folder / "四性检测报告.csv").read_text("utf-8-sig"))))

    assert {row["性质"] for row in report} == {"真实性", "完整性", "可用性", "安全性"}
    assert {row["结果"] for row in report} == {"通过", "待人工"}
    by_people = {row["检测项"] for row in report if row["结果"] == "待人工"}
    assert by_people == {"电子签名的主体核验", "病毒扫描"}


ALIEN = b'{"subject":"a:1","seq":1,"canonical":"{}","previous":"0","hash":"1"}'


def package(**changes: bytes | None) -> dict[str, bytes]:
    """A small package: one paper, its register, no events."""
    files = {"计划.json": b"{}", "记录.csv": b"\xef\xbb\xbfa,b\r\n", "events.jsonl": b""}
    files |= {name: content for name, content in changes.items() if content is not None}
    return papers.with_register(files)


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (lambda files: files.update({"计划.json": b"{ }"}), "登记的摘要与内容重算一致"),
        (lambda files: files.pop("记录.csv"), "登记表与文件一一对应"),
        (lambda files: files.update({"图.png": b"GIF89a"}), "文件头与格式一致"),
        (lambda files: files.update({"计划.json": b"{"}), "元数据可以解析"),
        (lambda files: files.update({"证书.pdf": b"%PDF-1.7 /Encrypt"}), "没有加密的文件"),
        (lambda files: files.pop("计划.json"), "应有的材料齐全"),
        (
            lambda files: files.update({"events.jsonl": ALIEN}),
            "过程信息的链条完整",
        ),
    ],
)
def test_each_check_of_the_four_properties_finds_its_fault(harm, what):
    files = package()
    assert failed(files) == set()

    harm(files)

    assert what in failed(files)


def failed(files) -> set[str]:
    found = properties.examine(
        files, register="归档登记表.csv", required=["计划.json"], events="events.jsonl"
    )
    return {one.what for one in found if one.result == properties.FAILED}


def test_a_format_nobody_listed_is_a_warning():
    found = properties.examine(
        package(**{"x.exe": b"MZ"}), register="归档登记表.csv", required=[], events="events.jsonl"
    )

    assert {one.what for one in found if one.result == properties.WARNED} == {"文件格式在白名单内"}
