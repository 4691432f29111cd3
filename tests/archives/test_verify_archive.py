"""``zhupei verify-archive``: offline, exit code and the name of what is wrong."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command

from zhupei.core import files

ROOT = Path(__file__).parents[2]


@pytest.fixture
def archive(sitting_package, tmp_path) -> Path:
    place = tmp_path / sitting_package.file.name
    place.write_bytes(files.read(sitting_package.file))
    return place


def verify(path, capsys) -> tuple[int, str]:
    code = 0
    try:
        call_command("verify_archive", str(path))
    except SystemExit as end:
        code = int(end.code or 0)
    return code, capsys.readouterr().out


def test_a_whole_package_passes_as_zip_and_as_folder(archive, tmp_path, capsys):
    code, said = verify(archive, capsys)
    assert (code, "完整" in said, "SHA-256" in said) == (0, True, True)

    shutil.unpack_archive(archive, tmp_path / "folder")
    [folder] = (tmp_path / "folder").iterdir()
    assert verify(folder, capsys)[0] == 0


def test_a_flipped_byte_is_found_and_its_file_named(archive, capsys):
    content = bytearray(archive.read_bytes())
    content[content.index("\ufeff座位,姓名".encode())] ^= 1
    archive.write_bytes(content)

    code, said = verify(archive, capsys)

    assert code == 1
    assert "座位表.csv" in said


def test_a_changed_event_is_found_even_when_the_manifests_were_made_anew(archive, tmp_path, capsys):
    shutil.unpack_archive(archive, tmp_path / "folder")
    [folder] = (tmp_path / "folder").iterdir()
    events = folder / "data" / "events.jsonl"
    text = events.read_text()
    events.write_text(text.replace("陈静", "程静", 1))
    import bagit  # noqa: PLC0415 - a forger's tool here

    bagit.Bag(str(folder)).save(manifests=True)
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(forged, "w") as packed:
        for path in sorted(folder.rglob("*")):
            packed.write(path, f"{folder.name}/{path.relative_to(folder)}")

    code, said = verify(forged, capsys)

    assert code == 1
    assert "event_altered" in said
    assert "events.jsonl:" in said
    assert "altered_file" not in said


def test_what_is_no_package_is_a_sentence(tmp_path, capsys):
    (tmp_path / "x.zip").write_bytes(b"no zip at all")

    assert verify(tmp_path / "x.zip", capsys)[0] == 1
    code, said = verify(tmp_path / "absent.zip", capsys)
    assert (code, "absent.zip" in said) == (1, True)


@pytest.mark.slow
def test_the_command_needs_no_database(archive):
    bare = {key: text for key, text in os.environ.items() if key != "DATABASE_URL"}
    ran = subprocess.run(
        [sys.executable, "-m", "config.cli", "verify-archive", str(archive)],
        cwd=ROOT,
        env=bare | {"PGHOST": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert "完整" in ran.stdout
