"""The files of certificates through a real worker, and the registers every app keeps."""

import pytest
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from tests import make, make_certificates
from zhupei.certificates import actions, printing, signing
from zhupei.certificates.authority import demo_authority
from zhupei.core import files
from zhupei.core.models import LongJob


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_worker_makes_every_file_of_a_sitting(settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "signing"
    world = make.world()
    sitting = make_certificates.released_sitting(world, world.adil, world.mayra)
    made = actions.issue(sitting, by=world.chen)

    with app.replace_connector(app.connector.get_worker_connector()) as worker:
        worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    assert LongJob.objects.get().outcome == "done"
    roots = demo_authority(settings.SIGNING_DIR).roots
    for certificate in made:
        certificate.refresh_from_db()
        assert signing.verify(files.read(certificate.file), roots).trusted


@pytest.mark.parametrize("label", ["certificates", "archives"])
def test_every_field_is_declared_personal_or_not(label):
    fields = import_string(f"zhupei.{label}.privacy.FIELDS")
    kept = {
        f"{model._meta.model_name}.{field.name}"
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.concrete_fields
    }

    assert set(fields) == kept


def test_the_demo_says_on_its_certificates_that_they_are_not_real(world):

    facts = printing.facts(make_certificates.certificate(world))

    assert settings.PRODUCTION is False
    assert "演示" in facts.note
    assert facts.national_number == ""
    assert facts.verify_url.startswith(settings.PUBLIC_URL)
