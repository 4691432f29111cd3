"""What the package of an exam or a class says of those who came to look at it."""

import csv
import io

from tests import make_patrols
from zhupei.archives.contents import evidence, patrols
from zhupei.core import files


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def gathered(thing) -> dict[str, bytes]:
    packed = evidence.pack(list(patrols.pieces(thing)))
    return patrols.gather(thing, packed) | packed.files


def test_a_package_holds_the_form_the_pictures_and_the_numbers_of_the_roll(world):
    duty = make_patrols.sitting_duty(world, world.adil, world.mayra)
    patrol = make_patrols.filed(world, duty, "identity")

    held = gathered(duty.sitting)

    lines = {row["事项"]: row for row in table(held[patrols.LOOKS])}
    assert lines["逐人核对身份，人证相符"]["结论"] == "不符合"
    assert str(world.yang) in lines["总体情况"]["巡查人员"]
    [photo] = table(held[patrols.PHOTOS])
    taken = patrol.photos.get().file
    assert (photo["SHA-256"], held[photo["存放"]]) == (taken.sha256, files.read(taken))
    assert [row["抽点"] for row in table(held[patrols.ROLLS])] == [
        str(roll.lines.count()) for roll in patrol.rolls.all()
    ]


def test_what_is_only_planned_is_not_told(world):
    duty = make_patrols.duty(world)
    make_patrols.planned(world, duty)

    held = gathered(duty.training_class)

    assert table(held[patrols.LOOKS]) == table(held[patrols.PHOTOS]) == []
