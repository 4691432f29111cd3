"""How many signed certificates one core makes a second: typeset, with a photo, and signed.

Every certificate differs in name, number, photo and QR code, as in a real batch. The rate is per
second of processor time, all threads counted, so that a busy machine does not flatter or spoil it.
"""

import os
import random
import struct
import tempfile
import time
import zlib
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from zhupei.certificates import signing
from zhupei.certificates.authority import demo_authority
from zhupei.certificates.pdf import CertificateFacts, Typesetter

COUNT = 120
PROMISE = 8.0  # signed PDFs per second and core
PHOTO = (295, 413)  # one inch by an inch and a half at 300 dpi
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"


def main() -> None:
    """Make and sign a batch; print the rate beside the promise."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    typesetter = Typesetter(settings.FONTS_DIR)
    batch = [_facts(serial) for serial in range(COUNT)]
    with tempfile.TemporaryDirectory() as folder:
        authority = demo_authority(Path(folder, "signing"))
        wall, core = time.perf_counter(), time.process_time()
        files = [signing.sign(typesetter.render(facts), authority.signer) for facts in batch]
        wall, core = time.perf_counter() - wall, time.process_time() - core
    if not all(signing.verify(file, authority.roots).trusted for file in files[::20]):
        raise SystemExit(
            "bench certificates: a signature does not verify, so the rate means nothing"
        )
    size = sum(map(len, files)) / COUNT / 1024
    rate = COUNT / core
    print(
        f"bench certificates: {COUNT} in {wall:.2f} s, {core:.2f} s of one core, {size:.0f} KB each"
    )
    print(
        f"bench certificates: ratio {rate / PROMISE:.2f} value {rate:.1f} pdf/s"
        f" limit {PROMISE:.0f} pdf/s"
    )


def _facts(serial: int) -> CertificateFacts:
    chance = random.Random(serial)
    given = "".join(chr(chance.randrange(0x4E00, 0x9FA6)) for _ in range(2))
    return CertificateFacts(
        number=f"ZP-2026-523-{serial:06}",
        name=chance.choice(SURNAMES) + given,
        id_number=f"650000{chance.randrange(10**12):012}",
        job="施工员（土建）",
        starts_on=date(2025, 10, 13),
        ends_on=date(2025, 11, 7),
        hours=Decimal(80),
        institution="天山建设职业技能培训学校",
        issuer="昌吉州建设技能考核中心",
        issued_on=date(2026, 1, 9),
        verify_url=f"https://zhupei.example/v/{chance.randrange(16**12):012X}",
        photo=_photo(chance),
    )


def _photo(chance: random.Random) -> bytes:
    """A PNG of the size of a real one (about 40 KB), of no person."""
    width, height = PHOTO
    rows = b"".join(
        b"\0" + bytes(width // 3) + chance.randbytes(width - width // 3) for _ in range(height // 3)
    )
    rows += (b"\0" + bytes([chance.randrange(256)] * width)) * (height - height // 3)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = _chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows, 6)), _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
