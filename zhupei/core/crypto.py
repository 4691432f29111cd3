"""Personal numbers at rest: encrypted for reading, indexed blind for finding.

AES-256-GCM with a random nonce; the column's own name is authenticated with the value, so a
value moved to another column does not decrypt. The blind index is an HMAC: equal numbers have
equal indexes, and without the key nobody can test a guess.

Source: PIPL, art. 51 (encryption and de-identification).
"""

import hashlib
import hmac
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE = 12  # bytes, as NIST SP 800-38D recommends


def blind_index(value: str, *, purpose: str) -> str:
    """64 hex digits that stand for ``value`` in unique constraints and look-ups."""
    message = f"{purpose}\x00{value}".encode()
    return hmac.new(settings.INDEX_KEY, message, hashlib.sha256).hexdigest()


class EncryptedTextField(models.BinaryField[str, str]):
    """Text that only this program can read. It cannot be searched; keep a blind index beside it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def _check_str_default_value(self) -> list[Any]:
        """The column is binary, the value text: a default of text is the right one."""
        return []

    @property
    def _bound_to(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}".encode()

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        if isinstance(value, str):
            nonce = os.urandom(NONCE)
            sealed = AESGCM(settings.FIELD_KEY).encrypt(nonce, value.encode(), self._bound_to)
            value = nonce + sealed
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, *_: Any) -> str | None:
        if value is None:
            return None
        sealed = bytes(value)
        plain = AESGCM(settings.FIELD_KEY).decrypt(sealed[:NONCE], sealed[NONCE:], self._bound_to)
        return plain.decode()

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: Any) -> str:  # noqa: ARG002 - Django's signature
        raise TypeError(f"{self.name} is encrypted and is never serialized")
