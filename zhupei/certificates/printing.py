"""From a row to its signed PDF: gathers the facts, has them typeset and signed.

Fonts and key are read once per process. Outside production the demo's own authority signs and the
page says so; in production the key is ``signer.p12`` in ``SIGNING_DIR``.
"""

import os
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.urls import reverse
from pyhanko.sign import SimpleSigner

from zhupei.certificates import signing
from zhupei.certificates.authority import demo_authority
from zhupei.certificates.models import Certificate
from zhupei.certificates.pdf import CertificateFacts, Typesetter

NOT_REAL: Final = "演示数据：姓名、号码均为虚构，签名者不被任何机构信任。"


def signed_pdf(certificate: Certificate) -> bytes:
    """The file of a certificate. Raises Refused as ``pdf.Typesetter.render`` does."""
    page = typesetter(settings.FONTS_DIR).render(facts(certificate))
    return signing.sign(page, signer(settings.SIGNING_DIR))


def facts(certificate: Certificate) -> CertificateFacts:
    """What the page says, from the row as it was issued."""
    return CertificateFacts(
        number=certificate.number,
        name=certificate.name,
        id_number=certificate.person.id_number,
        job=certificate.job.name,
        starts_on=certificate.trained_from,
        ends_on=certificate.trained_until,
        hours=Decimal(certificate.hours),
        institution=certificate.institution.name,
        issuer=certificate.organization.name,
        issued_on=certificate.issued_on,
        verify_url=verify_url(certificate),
        national_number=certificate.national_number or "",
        note="" if settings.PRODUCTION else NOT_REAL,
    )


def verify_url(certificate: Certificate) -> str:
    """The address on the QR code."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("verify:check", args=[certificate.check_code])


@cache
def typesetter(fonts: Path) -> Typesetter:
    """The fonts, read once."""
    return Typesetter(fonts)


@cache
def signer(folder: Path) -> SimpleSigner:
    """The key, read once. Raises ValueError or OSError when it cannot be read."""
    if settings.PRODUCTION:
        passphrase = os.environ.get("ZHUPEI_SIGNING_PASSPHRASE")
        return signing.load_pkcs12(
            folder / "signer.p12", passphrase.encode() if passphrase else None
        )
    return demo_authority(folder).signer
