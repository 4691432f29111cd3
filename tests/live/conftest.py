"""A media server stands somewhere."""

import pytest

from tests import make_live


@pytest.fixture(autouse=True)
def media_server(settings) -> None:
    settings.LIVE_RTMP_URL = make_live.RTMP
    settings.LIVE_HLS_URL = make_live.HLS
