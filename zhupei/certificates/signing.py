"""The digital signature of a certificate: signing (PAdES-B) and checking.

A signature says who issued the file and that nothing in it changed since. Whether the
certificate still holds is a question for the public page, not for the file.

A ``SimpleSigner`` holds the key and its chain: load it once per process. Where the demo's own
keys come from is ``authority``.

Source: Electronic Signature Law, art. 13 (exclusive control; every change can be found out).
"""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from asn1crypto.x509 import Certificate
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

FIELD: Final = "IssuerSignature"

# A signer we do not trust is a verdict, not a fault: no traceback for it in the log.
logging.getLogger("pyhanko.sign.validation.generic_cms").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class SignatureVerdict:
    """What the signature of a file proves.

    ``intact``: the file is, byte for byte, what was signed. ``trusted``: intact, and the signer's
    certificate leads to a given root. ``at`` is the time the signer claims, not a time-stamp.
    """

    intact: bool
    trusted: bool
    signer: str = ""
    at: datetime | None = None


NOT_SIGNED: Final = SignatureVerdict(intact=False, trusted=False)


def load_pkcs12(file: Path, passphrase: bytes | None) -> SimpleSigner:
    """The signer in a .p12 file with its chain. Raises ValueError when it cannot be opened."""
    signer: SimpleSigner | None = SimpleSigner.load_pkcs12(  # type: ignore[no-untyped-call]  # pyHanko's
        file, passphrase=passphrase
    )
    if signer is None:
        raise ValueError(f"{file} is not a PKCS #12 file that this passphrase opens")
    return signer


def load_pem(key: Path, certificate: Path, chain: Sequence[Path] = ()) -> SimpleSigner:
    """The signer in PEM files. Raises ValueError when one cannot be read."""
    signer: SimpleSigner | None = SimpleSigner.load(  # type: ignore[no-untyped-call]  # pyHanko's
        key, certificate, ca_chain_files=chain
    )
    if signer is None:
        raise ValueError(f"{key} and {certificate} are not a key and its certificate in PEM")
    return signer


def load_roots(*files: Path) -> list[Certificate]:
    """The certificates we trust, from PEM or DER files."""
    return list(load_certs_from_pemder(files))  # type: ignore[no-untyped-call]  # pyHanko's


def sign(pdf: bytes, signer: SimpleSigner, *, reason: str = "签发培训合格证明") -> bytes:
    """The same file with an invisible certifying signature (PAdES-B) that forbids any change."""
    meta = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
    )
    signed = io.BytesIO()
    PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=signed)
    return signed.getvalue()


def verify(pdf: bytes, roots: Sequence[Certificate]) -> SignatureVerdict:
    """What the one signature of this file proves. Never fetches anything.

    A file somebody added to after signing is not intact, even where the format would allow it.
    """
    try:
        signatures = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
        return _verdict(signatures[0], roots) if len(signatures) == 1 else NOT_SIGNED
    except Exception:  # noqa: BLE001 - whatever a stranger's file breaks, it is not our signed file
        return NOT_SIGNED


def _verdict(signature: EmbeddedPdfSignature, roots: Sequence[Certificate]) -> SignatureVerdict:
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    status = validate_pdf_signature(signature, context, skip_diff=True)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    intact = bool(status.intact and status.valid and whole)
    return SignatureVerdict(
        intact=intact,
        trusted=intact and bool(status.trusted),
        signer=status.signing_cert.subject.native.get("common_name", ""),
        at=status.signer_reported_dt,
    )
