"""One set of fonts, one demo authority and one believable certificate for these tests."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from zhupei.certificates import signing
from zhupei.certificates.authority import Authority, demo_authority
from zhupei.certificates.pdf import CertificateFacts, Typesetter


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    return Typesetter(settings.FONTS_DIR)


@pytest.fixture(scope="session")
def authority(tmp_path_factory) -> Authority:
    return demo_authority(tmp_path_factory.mktemp("signing") / "authority")


@pytest.fixture(scope="session")
def facts() -> CertificateFacts:
    return CertificateFacts(
        number="ZP-2026-523-000418",
        name="阿依古丽·买买提",
        id_number="650000199001012046",
        job="施工员（土建）",
        starts_on=date(2025, 10, 13),
        ends_on=date(2025, 11, 7),
        hours=Decimal("80.50"),
        institution="天山建设职业技能培训学校",
        issuer="昌吉州建设技能考核中心",
        issued_on=date(2026, 1, 9),
        verify_url="https://zhupei.example/v/7KQ2-M9XD-4TFA",
    )


@pytest.fixture(scope="session")
def signed(typesetter, authority, facts) -> bytes:
    return signing.sign(typesetter.render(facts), authority.signer)
