"""Certificates, who checks them, archives, and the record that nobody can alter."""

import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace

import bagit
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from playwright.sync_api import Page, expect

from config import processes
from tests.browser.stage import Stage, fetched, fill, follow, press, sees
from zhupei.certificates import signing
from zhupei.certificates.models import Certificate
from zhupei.core import verify_events
from zhupei.people.models import User

PATIENCE = 120  # seconds the worker may take


def issue(stage: Stage, world: SimpleNamespace, count: int) -> None:
    page = stage.desk(world.chen)
    page.goto("/certificates/")
    stage.look(page, "certificates-waiting")
    press(page, f"签发 {count} 张证书")
    printed = Certificate.objects.filter(file__isnull=False)
    assert processes.wait_until(lambda: printed.count() == count, PATIENCE)
    page.reload()
    sees(page, "文件已签名")
    stage.look(page, "certificates-issued")
    page.goto("/certificates/")
    stage.look(page, "certificates")


def download(stage: Stage, user: User) -> bytes:
    """The certificate as its holder gets it on the phone."""
    page = stage.phone(user)
    page.goto("/certificates/mine/")
    stage.look(page, "my-certificates")
    return fetched(page, "下载证书").read_bytes()


def verify_signature(pdf: bytes) -> None:
    """By the root alone; one changed byte and it is no longer intact."""
    roots = signing.load_roots(Path(settings.SIGNING_DIR) / "authority.pem")
    changed = bytearray(pdf)
    changed[len(pdf) // 2] ^= 1
    # pyHanko starts an event loop; in this thread one is running, the browser's.
    with ThreadPoolExecutor() as elsewhere:
        assert elsewhere.submit(signing.verify, pdf, roots).result().trusted
        assert not elsewhere.submit(signing.verify, bytes(changed), roots).result().intact


def check(stage: Stage, user: User, *words: str, name: str) -> Page:
    """A stranger opens the address in the QR code; their browser knows nobody here."""
    page = stage.phone()
    page.goto(f"/v/{certificate_of(user).check_code}/")
    sees(page, *words)
    expect(page.get_by_text(user.name)).to_have_count(0)
    stage.look(page, name)
    return page


def certificate_of(user: User) -> Certificate:
    return Certificate.objects.get(person=user.person)


def revoke(stage: Stage, world: SimpleNamespace, user: User, reason: str, note: str) -> None:
    page = stage.desk(world.chen)
    page.goto("/certificates/")
    follow(page, user.name)
    stage.look(page, "certificate")
    page.locator("summary").filter(has_text="撤销").click()
    fill(page, {"原因类别": reason, "理由": note})
    press(page, "确定撤销")
    sees(page, "已撤销", note)
    stage.look(page, "certificate-revoked")


def archive(stage: Stage, user: User, name: str) -> bytes:
    """Make the one package that waits to be made, let the site check it, and fetch it."""
    page = stage.desk(user)
    page.goto("/archives/")
    stage.look(page, f"{name}-waiting")
    press(page, "归档")
    press(page, "检测")
    sees(page, "档案包完整，没有被改动")
    stage.look(page, name)
    return fetched(page, "下载档案包").read_bytes()


def verify_package(content: bytes, folder: Path) -> None:
    """By the public library, offline; one changed byte is found."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        package.extractall(folder)
    [root] = folder.iterdir()
    bag = bagit.Bag(str(root))
    bag.validate()
    events = root / "data" / "events.jsonl"
    assert verify_events.main([str(events)]) == 0
    first, *others = events.read_text().splitlines()
    event = json.loads(first)
    event["canonical"] = event["canonical"].replace(event["subject"], event["subject"] + "0")
    events.write_text("\n".join([json.dumps(event), *others]))
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(root)).validate()
    assert verify_events.main([str(events)]) == 1


def the_record_is_whole() -> None:
    call_command("verify_events", stdout=StringIO())


def altering_it_is_found(subject: str) -> None:
    """Not even who owns the database changes a word unseen: the event is named."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_event DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE core_event SET actor_name = '王强' WHERE subject = %s AND seq = 2", [subject]
        )
        cursor.execute("ALTER TABLE core_event ENABLE TRIGGER USER")
    said = StringIO()
    with pytest.raises((CommandError, SystemExit)):
        call_command("verify_events", stdout=said, stderr=StringIO())
    assert f"{subject} 第 2 条" in said.getvalue()
