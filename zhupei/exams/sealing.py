"""Sealed forms: what the bytes are that a browser fetches before the exam, and their keys.

Every form of every sitting is encrypted under a key of its own, derived (HKDF-SHA256, RFC 5869)
from one secret, the sitting and the number of the form. So no key is stored anywhere: whoever
holds the secret can open the form in thirty years, whoever holds the database cannot. What marks
a form is sealed under another key than what is shown of it.

Bytes: 12 of nonce, then AES-256-GCM's ciphertext with its tag, as WebCrypto reads them.

The hot process reads this module too: no Django here. The why: docs/adr/0021.
"""

import base64
import hashlib
import json
import os
from functools import cache, lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

NAME = "ZHUPEI_EXAM_KEY"
NONCE = 12  # bytes
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256


def form_key(sitting: int, number: int) -> bytes:
    """What opens the places of form ``number``: handed to its candidates at the start."""
    return _derived(f"form/{sitting}/{number}")


def marking_key(sitting: int, number: int) -> bytes:
    """What opens the keys of form ``number``: never leaves the server."""
    return _derived(f"keys/{sitting}/{number}")


def carrying_key(sitting: int) -> ec.EllipticCurvePrivateKey:
    """Opens the answer files of a sitting; its public half stands on the candidates' pages."""
    number = int.from_bytes(_derived(f"carry/{sitting}", 48), "big")
    return ec.derive_private_key(number % (ORDER - 1) + 1, ec.SECP256R1())


def public_half(sitting: int) -> bytes:
    """What an answer file of this sitting is encrypted for: a point of P-256, uncompressed."""
    return point_of(carrying_key(sitting).public_key())


def point_of(public: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as WebCrypto's "raw" format has it."""
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def shared_key(shared: bytes) -> bytes:
    """The key of an answer file, from the secret both sides computed (ECDH on P-256)."""
    return HKDF(SHA256(), 32, b"", b"zhupei carried answers").derive(shared)


def canonical(value: Any) -> bytes:
    """The one way to write ``value``: JSON, keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def open_to_all(value: Any) -> tuple[bytes, bytes]:
    """The form of a rehearsal: its bytes and the key anybody is given. The same in every process:
    the key comes from what is sealed, so one nonce is enough.
    """
    plain = canonical(value)
    key = _derived(f"rehearsal/{hashlib.sha256(plain).hexdigest()}")
    nonce = bytes(NONCE)
    return key, nonce + AESGCM(key).encrypt(nonce, plain, None)


def seal(key: bytes, value: Any) -> bytes:
    """``value`` as JSON that only ``key`` opens."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, canonical(value), None)


def opened(key: bytes, sealed: bytes | memoryview) -> Any:
    """What was sealed. Raises cryptography's InvalidTag for another key or altered bytes."""
    whole = bytes(sealed)
    return json.loads(AESGCM(key).decrypt(whole[:NONCE], whole[NONCE:], None))


def text(raw: bytes) -> str:
    """Bytes as pages carry them: base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(words: str) -> bytes:
    """The bytes of ``text``. Raises ValueError."""
    return base64.b64decode(words + "=" * (-len(words) % 4), altchars=b"-_", validate=True)


@lru_cache(maxsize=4096)
def _derived(purpose: str, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, b"zhupei exams", purpose.encode()).derive(_secret())


@cache
def _secret() -> bytes:
    value = os.environ.get(NAME)
    if value:
        return base64.b64decode(value)
    if os.environ.get("ZHUPEI_PRODUCTION") == "1":
        raise RuntimeError(f"{NAME} is missing: 32 random bytes in base64")
    return hashlib.sha256(NAME.encode()).digest()
