"""Builders for archives: a recording of an exam room."""

from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from zhupei.archives.actions import recordings
from zhupei.archives.models import Recording
from zhupei.exams.models import Sitting

MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(500)


def recording(world: SimpleNamespace, sitting: Sitting, **fields: Any) -> Recording:
    """The whole of a sitting, from the front door."""
    about = {
        "label": "前门全景",
        "begins_at": sitting.starts_at,
        "ends_at": sitting.ends_at,
        "found": ContentFile(MP4, "前门.mp4"),
    } | fields
    return recordings.register(sitting, by=world.chen, **about)
