"""The demo's own certificate authority: made once, kept in a folder, trusted by nobody outside.

Production has its keys from a licensed authority and never calls this module.

    authority.pem    the root, for those who want to check the demo's files
    signer.pem       the signer's certificate
    signer.key       the signer's key, readable by its owner only
    authority.key    the root's key, likewise

Everything is ECDSA on P-256 with SHA-256, which Adobe Reader, Foxit and poppler know.
"""

import contextlib
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier
from django.utils import timezone
from pyhanko.sign import SimpleSigner

from zhupei.certificates.signing import load_pem, load_roots

ROOT_NAME: Final = "筑培演示根证书（仅供演示）"
SIGNER_NAME: Final = "筑培演示签发章（仅供演示）"
ORGANIZATION: Final = "筑培演示"
ROOT_YEARS: Final = 40
SIGNER_YEARS: Final = 30
ADOBE_AUTHENTIC_DOCUMENTS: Final = ObjectIdentifier("1.2.840.113583.1.1.5")
DOCUMENT_SIGNING: Final = ObjectIdentifier("1.3.6.1.5.5.7.3.36")


@dataclass(frozen=True, slots=True)
class Authority:
    """Who signs, and whom a checker has to trust for it."""

    signer: SimpleSigner
    roots: list[Certificate]


def demo_authority(folder: Path) -> Authority:
    """The authority kept in ``folder``; made there first if the folder is missing or empty.

    Two processes may ask at once: the folder appears whole or not at all, and the first one stays.
    """
    if not (folder / "signer.key").exists():
        _found(folder)
    signer = load_pem(folder / "signer.key", folder / "signer.pem", [folder / "authority.pem"])
    return Authority(signer, load_roots(folder / "authority.pem"))


def _found(folder: Path) -> None:
    now = timezone.now()
    root_key, signer_key = (
        ec.generate_private_key(ec.SECP256R1()),
        ec.generate_private_key(ec.SECP256R1()),
    )
    root = _root(root_key, now)
    draft = folder.with_name(f"{folder.name}.{secrets.token_hex(4)}")
    draft.mkdir(parents=True, mode=0o700)
    _write(draft / "authority.pem", _pem(root))
    _write(draft / "signer.pem", _pem(_signer(signer_key, root_key, now)))
    _write(draft / "authority.key", _key_pem(root_key))
    _write(draft / "signer.key", _key_pem(signer_key))
    with contextlib.suppress(OSError):  # somebody else was first: theirs stays
        draft.rename(folder)
        return
    for file in draft.iterdir():
        file.unlink()
    draft.rmdir()


def _root(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    return (
        _certificate(ROOT_NAME, ROOT_NAME, key.public_key(), now, ROOT_YEARS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )


def _signer(
    key: ec.EllipticCurvePrivateKey,
    root_key: ec.EllipticCurvePrivateKey,
    now: datetime,
) -> x509.Certificate:
    purposes = [DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION, ADOBE_AUTHENTIC_DOCUMENTS]
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        _certificate(SIGNER_NAME, ROOT_NAME, key.public_key(), now, SIGNER_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
        .add_extension(issuer_id, critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _certificate(
    subject: str, issuer: str, key: ec.EllipticCurvePublicKey, now: datetime, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANIZATION),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(file: Path, content: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(content)
