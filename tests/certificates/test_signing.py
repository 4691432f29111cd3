"""The signature: what it proves, and everything it must not be fooled by."""

from concurrent.futures import ThreadPoolExecutor
from stat import S_IMODE

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from tests.certificates.reading import page_text
from zhupei.certificates import signing
from zhupei.certificates.authority import SIGNER_NAME, demo_authority


def test_a_signed_certificate_is_intact_and_trusted(signed, authority):
    verdict = signing.verify(signed, authority.roots)

    assert (verdict.intact, verdict.trusted, verdict.signer) == (True, True, SIGNER_NAME)
    assert verdict.at is not None
    assert verdict.at.tzinfo is not None


def test_signing_leaves_the_page_as_it_was(signed, typesetter, facts):
    page = typesetter.render(facts)

    assert signed.startswith(page)
    assert page_text(signed) == page_text(page)


def test_the_signature_certifies_and_forbids_changes(signed):
    assert b"/ETSI.CAdES.detached" in signed
    assert b"/DocMDP" in signed
    assert b"/P 1" in signed


@pytest.mark.parametrize("place", [0.01, 0.3, 0.6, 0.85])
def test_one_flipped_bit_anywhere_breaks_it(signed, authority, place):
    at = int(len(signed) * place)
    tampered = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]

    verdict = signing.verify(tampered, authority.roots)

    assert (verdict.intact, verdict.trusted) == (False, False)


def test_something_added_after_signing_breaks_it(signed, authority):
    verdict = signing.verify(signed + b"\n% a later revision\n", authority.roots)

    assert (verdict.intact, verdict.trusted) == (False, False)


def test_a_signature_of_somebody_else_is_intact_but_not_trusted(
    authority, typesetter, facts, tmp_path
):
    impostor = demo_authority(tmp_path / "impostor")
    forged = signing.sign(typesetter.render(facts), impostor.signer)

    verdict = signing.verify(forged, authority.roots)

    assert (verdict.intact, verdict.trusted, verdict.signer) == (True, False, SIGNER_NAME)


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", b"MZ\x90", b"%PDF-1.7\nxref\n0 1\n" * 9])
def test_what_is_no_signed_pdf_is_neither(authority, junk):
    assert signing.verify(junk, authority.roots) == signing.NOT_SIGNED


def test_an_unsigned_page_is_neither(authority, typesetter, facts):
    assert signing.verify(typesetter.render(facts), authority.roots) == signing.NOT_SIGNED


def test_the_authority_is_made_once_and_kept(tmp_path):
    first = demo_authority(tmp_path / "signing")
    second = demo_authority(tmp_path / "signing")

    assert [root.dump() for root in first.roots] == [root.dump() for root in second.roots]


def test_keys_are_readable_by_their_owner_only(tmp_path):
    demo_authority(tmp_path / "signing")

    assert S_IMODE((tmp_path / "signing").stat().st_mode) == 0o700
    assert {S_IMODE(f.stat().st_mode) for f in (tmp_path / "signing").iterdir()} == {0o600}


def test_an_empty_folder_that_is_there_already_is_used(tmp_path):
    (tmp_path / "signing").mkdir()

    assert demo_authority(tmp_path / "signing").roots


def test_processes_starting_at_once_end_with_one_authority(tmp_path):
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(demo_authority, [tmp_path / "signing"] * 4))

    assert len({authority.roots[0].serial_number for authority in made}) == 1
    assert [folder.name for folder in tmp_path.iterdir()] == ["signing"]


def test_the_certificates_are_good_for_signing_documents_and_nothing_else(tmp_path):
    demo_authority(tmp_path / "signing")
    root, signer = (
        x509.load_pem_x509_certificate((tmp_path / "signing" / name).read_bytes())
        for name in ("authority.pem", "signer.pem")
    )

    usage = signer.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.content_commitment) == (True, True)
    assert not usage.key_cert_sign
    assert root.extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
    assert not signer.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert signer.not_valid_after_utc.year - signer.not_valid_before_utc.year >= 20
    signer.verify_directly_issued_by(root)


def test_production_keys_come_from_a_pkcs12_file(tmp_path, typesetter, facts):
    authority = demo_authority(tmp_path / "signing")
    certificate, root = (
        x509.load_pem_x509_certificate((tmp_path / "signing" / name).read_bytes())
        for name in ("signer.pem", "authority.pem")
    )
    key = serialization.load_pem_private_key(
        (tmp_path / "signing" / "signer.key").read_bytes(), None
    )
    file = tmp_path / "issuer.p12"
    secret = serialization.BestAvailableEncryption(b"long and secret")
    file.write_bytes(
        pkcs12.serialize_key_and_certificates(b"issuer", key, certificate, [root], secret)
    )

    signed = signing.sign(typesetter.render(facts), signing.load_pkcs12(file, b"long and secret"))

    assert signing.verify(signed, authority.roots).trusted
    with pytest.raises(ValueError, match="this passphrase"):
        signing.load_pkcs12(file, b"wrong")
