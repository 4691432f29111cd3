"""Archive packages: whole ones pass, every kind of damage is named, no ZIP writes outside."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest

from zhupei.core import bag, verify_events
from zhupei.core.verify_events import chain_hash

INFO = {"Source-Organization": "昌吉州建设技能考核中心", "Bagging-Date": "2026-01-09"}


def chain(subject: str, verbs: list[str]) -> list[dict[str, object]]:
    events, previous = [], "0" * 64
    for seq, verb in enumerate(verbs, start=1):
        text = json.dumps({"subject": subject, "seq": seq, "verb": verb}, ensure_ascii=False)
        values = {"subject": subject, "seq": seq, "canonical": text, "previous": previous}
        previous = chain_hash(previous, text)
        events.append({**values, "hash": previous})
    return events


def lines(events: list[dict[str, object]]) -> bytes:
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events).encode()


@pytest.fixture
def events() -> list[dict[str, object]]:
    return chain("班/1", ["已提交", "已退回", "已通过"]) + chain("场/7", ["已告知", "已结束"])


@pytest.fixture
def package(tmp_path, events) -> Path:
    scan = tmp_path / "scan.jpg"
    scan.write_bytes(b"\xff\xd8\xff" + bytes(3_000_000))
    files = {
        "开班/名册（最终） 2026.csv": "姓名\n阿依古丽·买买提\n".encode(),
        "扫描/签到.jpg": scan,
        "events.jsonl": lines(events),
    }
    return bag.write(tmp_path / "out" / "昌吉-2026-01", files, INFO)


def folder(package: Path) -> Path:
    return package.with_suffix("")


def codes(path: Path) -> list[str]:
    return [fault.code for fault in bag.verify(path)]


def test_a_new_package_is_whole_as_folder_and_as_zip(package):
    assert bag.verify(package) == []
    assert bag.verify(folder(package)) == []


def test_the_public_tool_accepts_the_unpacked_zip(package, tmp_path):
    shutil.unpack_archive(package, tmp_path / "elsewhere")
    unpacked = bagit.Bag(str(tmp_path / "elsewhere" / "昌吉-2026-01"))

    assert unpacked.validate()
    assert unpacked.info["Source-Organization"] == "昌吉州建设技能考核中心"
    assert unpacked.info["Payload-Oxum"].endswith(".3")
    assert set(unpacked.algorithms) == {"sha256", "sha512"}


def test_the_zip_is_stored_and_the_same_for_the_same_files(package, tmp_path, events):
    files = {"b.txt": b"b", "a.txt": b"a", "events.jsonl": lines(events)}
    first = bag.write(tmp_path / "1" / "x", files, INFO)
    second = bag.write(tmp_path / "2" / "x", dict(reversed(files.items())), INFO)

    assert first.read_bytes() == second.read_bytes()
    assert bag.fingerprint(first) == bag.fingerprint(second) != bag.fingerprint(package)
    with zipfile.ZipFile(first) as packed:
        assert {entry.compress_type for entry in packed.infolist()} == {zipfile.ZIP_STORED}


def test_the_package_explains_itself_and_checks_its_events_without_us(package):
    readme = (folder(package) / "README.txt").read_text(encoding="utf-8")
    script = folder(package) / "verify_events.py"

    run = subprocess.run(
        [sys.executable, "-I", "-B", script], capture_output=True, encoding="utf-8", check=False
    )

    assert "怎样校验" in readme
    assert "HOW TO CHECK IT" in readme
    assert (run.returncode, run.stderr) == (0, "")
    assert "事件链完整" in run.stdout


def test_nothing_is_left_behind_and_nothing_overwritten(package):
    assert {path.name for path in package.parent.iterdir()} == {"昌吉-2026-01", "昌吉-2026-01.zip"}
    with pytest.raises(FileExistsError):
        bag.write(folder(package), {}, INFO)


def test_a_package_without_events_is_one_but_without_files_is_none(tmp_path):
    assert bag.verify(bag.write(tmp_path / "x", {"a.txt": b""}, {})) == []
    with pytest.raises(ValueError, match="nothing to keep"):
        bag.write(tmp_path / "empty", {}, {})


def test_a_line_break_in_the_information_cannot_forge_another_label(tmp_path):
    made = bag.write(tmp_path / "x", {"a.txt": b""}, {"Contact-Name": "李\nPayload-Oxum: 9.9"})

    assert "Contact-Name: 李 Payload-Oxum: 9.9\n" in (folder(made) / "bag-info.txt").read_text()
    assert bag.verify(made) == []


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a//b", "a/../b", "a\\b", "C:x", "a\nb", "100%.txt", "x.", "", "e\u0301"]
)
def test_a_name_some_system_cannot_store_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="safe_name"):
        bag.write(tmp_path / "x", {name: b""}, INFO)

    assert list(tmp_path.iterdir()) == []


def test_names_that_are_one_file_on_some_systems_are_refused(tmp_path):
    with pytest.raises(ValueError, match="one file"):
        bag.write(tmp_path / "x", {"A.txt": b"", "a.txt": b""}, INFO)


@pytest.mark.parametrize(
    ("name", "safe"),
    [("100%合格/名册?.csv", "100_合格_名册_.csv"), ("..", "_"), ("阿依古丽·买买提.pdf",) * 2],
)
def test_any_name_can_be_made_safe(tmp_path, name, safe):
    assert bag.safe_name(name) == safe
    assert bag.verify(bag.write(tmp_path / "x", {safe: b"1"}, INFO)) == []


def test_all_damage_to_files_is_named_at_once(package):
    data = folder(package) / "data"
    data.joinpath("扫描/签到.jpg").write_bytes(b"other")
    data.joinpath("开班/名册（最终） 2026.csv").unlink()
    data.joinpath("more.txt").write_text("slipped in")
    folder(package).joinpath("README.txt").write_text("trust me")

    faults = {(fault.code, fault.where) for fault in bag.verify(folder(package))}

    assert faults == {
        ("altered_file", "data/扫描/签到.jpg"),
        ("missing_file", "data/开班/名册（最终） 2026.csv"),
        ("unexpected_file", "data/more.txt"),
        ("altered_file", "README.txt"),
    }


def test_a_flipped_bit_in_the_zip_is_found_with_the_name_of_its_file(package):
    raw = bytearray(package.read_bytes())
    raw[raw.index("阿依古丽".encode())] ^= 1
    package.write_bytes(raw)

    (fault,) = bag.verify(package)

    assert (fault.code, fault.where) == ("altered_file", "data/开班/名册（最终） 2026.csv")
    assert "与清单不符" in str(fault)


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04" + bytes(40)])
def test_what_is_no_zip_says_so(tmp_path, content):
    file = tmp_path / "x.zip"
    file.write_bytes(content)

    assert codes(file) == ["not_readable"]
    assert codes(tmp_path / "nowhere.zip") == ["not_readable"]


def test_a_folder_or_zip_that_is_no_bag_says_so(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("x/data/a.txt", "a")
    (tmp_path / "x").mkdir()

    assert codes(tmp_path / "x.zip") == ["not_a_bag"]
    assert codes(tmp_path / "x") == ["not_a_bag"]


def test_a_wrong_sum_of_sizes_is_found_even_when_the_manifests_were_made_to_fit(package):
    info = folder(package) / "bag-info.txt"
    info.write_text(info.read_text().replace(".3\n", ".4\n"))
    for tags in folder(package).glob("tagmanifest-*.txt"):
        tags.unlink()

    assert codes(folder(package)) == ["not_valid"]


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "x/../../evil",
        "/evil",
        "x/..",
        "x\\..\\evil",
        "C:/evil",
        "x//evil",
        "evil",
        "x/./e",
    ],
)
def test_a_zip_that_would_write_elsewhere_is_refused_unopened(tmp_path, name):
    box = tmp_path / "box"
    box.mkdir()
    with zipfile.ZipFile(box / "x.zip", "w") as packed:
        packed.writestr("x/bagit.txt", "BagIt-Version: 1.0\n")
        packed.writestr(name, "evil")

    assert codes(box / "x.zip") == ["unsafe_name"]
    assert [path.name for path in tmp_path.rglob("*")] == ["box", "x.zip"]


def test_links_in_zip_or_folder_are_refused(tmp_path, package):
    link = zipfile.ZipInfo("x/data/link")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
    (folder(package) / "data" / "link").symlink_to("/etc/passwd")

    assert codes(tmp_path / "x.zip") == ["unsafe_name"]
    assert codes(folder(package)) == ["unsafe_name"]


def test_a_zip_bomb_is_refused_unopened(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x/data/zeros", bytes(40_000_000))

    assert codes(tmp_path / "x.zip") == ["too_large"]


def test_two_files_of_one_name_in_a_zip_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr("x/a", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            packed.writestr("x/a", "2")

    assert codes(tmp_path / "x.zip") == ["unsafe_name"]


def faults_of(events: list[dict[str, object]]) -> list[tuple[int, str]]:
    broken = verify_events.broken_events(lines(events).decode().splitlines())
    return [(event.line, event.fault) for event in broken]


def test_chains_may_be_mixed_but_not_reordered(events):
    one, two, three, *others = events

    assert faults_of([one, others[0], two, others[1], three]) == []
    assert faults_of([two, one, three]) == [(1, "unlinked"), (2, "unlinked"), (3, "unlinked")]


def test_an_altered_event_is_named_and_only_that_one(events):
    events[1]["canonical"] = str(events[1]["canonical"]).replace("已退回", "已通过")

    assert faults_of(events) == [(2, "altered")]


def test_an_event_rehashed_after_a_change_breaks_the_link_of_the_next(events):
    text = str(events[1]["canonical"]).replace("已退回", "已通过")
    events[1] |= {"canonical": text, "hash": chain_hash(str(events[1]["previous"]), text)}

    assert faults_of(events) == [(3, "unlinked")]


def test_an_event_taken_out_or_doubled_is_found(events):
    assert faults_of(events[:1] + events[2:]) == [(2, "unlinked")]
    assert faults_of(events[1:]) == [(1, "unlinked")]
    assert faults_of([events[0], *events]) == [(2, "unlinked")]


def test_an_event_given_to_another_subject_is_found(events):
    (stranger,) = chain("班/2", ["已提交"])
    stranger["subject"] = "班/3"

    assert faults_of([*events, stranger]) == [(6, "mislabelled")]


@pytest.mark.parametrize("line", ["", "{", "[]", "null", '{"subject": 1}', "[" * 100_000])
def test_a_line_that_is_no_event_is_found(line):
    assert [event.fault for event in verify_events.broken_events([line])] == ["unreadable"]


def test_a_broken_chain_inside_a_package_is_a_fault_of_the_package(tmp_path, events):
    events[1]["canonical"] = str(events[1]["canonical"]).replace("已退回", "已通过")
    made = bag.write(tmp_path / "x", {"events.jsonl": lines(events)}, INFO)

    (fault,) = bag.verify(made)

    assert (fault.code, fault.where) == ("event_altered", "events.jsonl:2 班/1#2")
    assert verify_events.main([str(folder(made) / "data" / "events.jsonl")]) == 1
    assert verify_events.main([str(tmp_path / "nothing")]) == 2
