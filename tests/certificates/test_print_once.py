"""The signed file of a certificate is made once."""

from tests import make_certificates
from zhupei.certificates.actions import print_pdf
from zhupei.certificates.models import Certificate
from zhupei.core import audit
from zhupei.core.models import StoredFile


def test_printing_again_changes_nothing(world, settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "signing"
    certificate = make_certificates.certificate(world, print_now=True)
    printed, events = certificate.file_id, audit.own_history(certificate).count()

    again = print_pdf(certificate)

    assert again.file_id == printed
    assert StoredFile.objects.count() == 1
    assert audit.own_history(certificate).count() == events


def test_a_certificate_says_whom_to_tell_when_something_is_wrong(world, settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "signing"
    make_certificates.certificate(world)

    shown = Certificate.objects.with_bureau().get()

    assert (shown.bureau, shown.bureau_phone) == ("昌吉州住房和城乡建设局", "0994-2345678")
