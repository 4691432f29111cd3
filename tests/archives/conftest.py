"""One class and one sitting with everything in them: hours, answers, marks, certificates."""

import io
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make_certificates
from zhupei.archives import actions
from zhupei.archives.models import Package
from zhupei.certificates import actions as certificates
from zhupei.classes.models import ClassDocument, Enrolment, Invitation, TrainingClass
from zhupei.core import files
from zhupei.core.crypto import blind_index
from zhupei.exams.models import Sitting


@pytest.fixture(autouse=True)
def keys_of_its_own(settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "signing"


@pytest.fixture
def sitting(world) -> Sitting:
    """Adil passed and has a certificate, Mayra failed."""
    held = make_certificates.released_sitting(world, world.adil, failing=(world.mayra,))
    certificates.issue(held, by=world.chen, print_now=True)
    return held


@pytest.fixture
def held_class(world, sitting) -> TrainingClass:
    """The class they were trained in, with a roster row and a lesson plan; it ended days ago."""
    found = Enrolment.objects.get(person=world.adil.person).training_class
    Invitation.objects.create(
        training_class=found,
        name="=热孜万古丽",
        id_number="650000199005200013",
        id_index=blind_index("650000199005200013", purpose="id_number"),
        id_last_four="0013",
        phone="13900000000",
    )
    upload = SimpleUploadedFile("教案: 第 1 讲?.pdf", b"%PDF-1.7 lesson")
    kept = files.accept(upload, by=world.aygul)
    ClassDocument.objects.create(training_class=found, kind="lesson_plan", file=kept)
    return found


@pytest.fixture
def class_package(world, held_class) -> Package:
    return actions.make(held_class, by=world.aygul)


@pytest.fixture
def sitting_package(world, sitting) -> Package:
    return actions.make(sitting, by=world.chen)


@pytest.fixture
def unpacked(tmp_path):
    """Unpack a package as a stranger would; gives its folder."""

    def unpack(package: Package) -> Path:
        with zipfile.ZipFile(io.BytesIO(files.read(package.file))) as packed:
            packed.extractall(tmp_path / "elsewhere")
        [folder] = (tmp_path / "elsewhere").iterdir()
        return folder

    return unpack


def stored(package: Package) -> SimpleNamespace:
    """The package as it lies in the storage, for somebody who tampers with it there."""
    return SimpleNamespace(path=Path(default_storage.path(package.file.path)))
