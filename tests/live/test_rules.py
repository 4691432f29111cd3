"""Links, keys and how much is kept."""

from datetime import UTC, datetime, timedelta

import pytest

from zhupei.live.rules import LONGEST, Fault, key_until, link_fault, room_for_more

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "link",
    [
        "https://meeting.tencent.com/dm/abc",
        "https://live.example.com:8443/room?id=7#now",
        "https://xn--fiq228c.cn/a",
        "https://住建.中国/会议",
    ],
)
def test_an_ordinary_address_is_taken_whoever_runs_it(link):
    assert link_fault(link) is None


@pytest.mark.parametrize(
    ("link", "fault"),
    [
        ("", Fault.STRANGE),
        ("https://a.cn/" + "x" * LONGEST, Fault.LONG),
        ("javascript:alert(1)", Fault.SCHEME),
        ("JavaScript://a.cn/%0Aalert(1)", Fault.SCHEME),
        ("data:text/html,x", Fault.SCHEME),
        ("http://meeting.tencent.com/dm/abc", Fault.SCHEME),
        ("rtmp://live.example.com/room", Fault.SCHEME),
        ("//meeting.tencent.com/dm", Fault.SCHEME),
        ("meeting.tencent.com/dm", Fault.SCHEME),
        ("https://meeting.tencent.com/dm abc", Fault.STRANGE),
        ("https://meeting.tencent.com/\nx", Fault.STRANGE),
        ('https://meeting.tencent.com/"onclick', Fault.STRANGE),
        ("https:\\\\meeting.tencent.com", Fault.STRANGE),
        ("https://gov.cn@evil.example/x", Fault.LOGIN),
        ("https://user:secret@meeting.tencent.com/x", Fault.LOGIN),
        ("https:///dm/abc", Fault.HOST),
        ("https://localhost/x", Fault.HOST),
        ("https://127.0.0.1/x", Fault.HOST),
        ("https://[::1]/x", Fault.HOST),
        ("https://a.cn:99999/x", Fault.HOST),
        ("https://a.cn:0/x", Fault.HOST),
        ("https://-a.cn/x", Fault.HOST),
        ("https://[bad/x", Fault.HOST),
    ],
)
def test_what_officials_should_not_click_is_not_taken(link, fault):
    assert link_fault(link) is fault


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (NOW + 3 * DAY, NOW + 4 * DAY),  # a day after the end
        (NOW + 90 * DAY, NOW + 30 * DAY),  # but no longer than the figure says
        (NOW - 5 * DAY, NOW + DAY),  # over already: a day to try it
    ],
)
def test_a_key_ends_with_what_it_is_for(ends, expected):
    assert key_until(NOW, ends, 30) == expected


@pytest.mark.parametrize(("kept", "most", "left"), [(0, 5, 5), (4, 5, 1), (5, 5, 0), (6, 5, 0)])
def test_pictures_are_few(kept, most, left):
    assert room_for_more(kept, most) == left
