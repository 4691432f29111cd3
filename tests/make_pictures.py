"""Pictures as phones take them: real ones, with a place in them when that is asked for."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from PIL.ExifTags import IFD, Base

LATITUDE, LONGITUDE = 2, 4  # tags of the part of EXIF that tells the place


def jpeg(*, place: bool = True, size: tuple[int, int] = (640, 480), turned: int = 1) -> bytes:
    """A photo of a red wall with a blue corner, from a phone that says where it was."""
    picture = Image.new("RGB", size, (178, 66, 52))
    picture.paste((40, 80, 160), (0, 0, size[0] // 4, size[1] // 4))
    exif = Image.Exif()
    exif[Base.Make] = "Zhupei"
    exif[Base.Model] = "Phone 1"
    exif[Base.DateTime] = "2026:11:02 10:20:00"
    exif[Base.Orientation] = turned
    if place:
        exif.get_ifd(IFD.GPSInfo).update(
            {1: "N", LATITUDE: (44.0, 1.0, 12.5), 3: "E", LONGITUDE: (87.0, 18.0, 30.0)}
        )
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=90)
    return out.getvalue()


def png() -> bytes:
    out = BytesIO()
    Image.new("RGBA", (64, 48), (20, 120, 80, 255)).save(out, "PNG")
    return out.getvalue()


def photo(name: str = "现场.jpg", **said: object) -> ContentFile[bytes]:
    return ContentFile(jpeg(**said), name)  # type: ignore[arg-type]
