"""The picture of a room in a real browser: a camera, nginx, hls.js, a still taken from the player.

Skipped, with the reason, where the machine lacks one of the programs.
"""

import pytest
from playwright.sync_api import expect

from tests import make, make_live
from tests.browser.stage import Stage
from tests.live.test_real_path import LACKING, camera, media_server, running
from zhupei.live.actions import looks

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKING), reason=f"this machine lacks {', '.join(LACKING)}"),
]


def test_a_room_is_seen_and_a_still_taken_from_the_player(stage: Stage, site, settings, tmp_path):
    world = make.world()
    with media_server(site, settings, tmp_path / "live"):
        room = make_live.stream(world)
        look = looks.open(room, by=world.li)
        with running(camera(f"{room.stream}?key={room.key}", settings.LIVE_RTMP_URL)):
            page = stage.desk(world.li)
            page.goto(f"/live/looks/{look.pk}/")
            expect(page.get_by_text("画面比现场晚几秒")).to_be_visible(timeout=30_000)
            page.get_by_role("button", name="截取现在的画面").click()
            expect(page.get_by_text("从播放画面截取")).to_be_visible()
            stage.look(page, "stream")
