"""The pages: what each side sees, what stays after a refusal."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make_classes, make_exams, make_live, make_practical
from zhupei.core import audit, files
from zhupei.live.actions import looks, rooms
from zhupei.live.models import Look, Room, Snapshot

pytestmark = pytest.mark.django_db


def browser(user, **headers) -> Client:
    client = Client(**headers)
    client.force_login(user)
    return client


def test_the_registrar_registers_a_meeting_on_the_page_of_the_class(world):
    held = make_classes.approved_class(world)
    client, url = browser(world.aygul), reverse("live:class", args=[held.pk])
    said = {"way": "meeting", "link": make_live.LINK, "passcode": "1", "hint": ""}

    empty = client.get(url)
    answer = client.post(url, said, follow=True)

    assert "还没有登记远程查看" in empty.text
    assert "已登记" in answer.text
    assert Room.objects.get().link == make_live.LINK
    assert "会议链接" in answer.text


def test_a_refused_link_stays_in_its_field_with_the_reason_beside_it(world):
    held = make_classes.approved_class(world)
    url = reverse("live:class", args=[held.pk])

    answer = browser(world.aygul).post(url, {"way": "meeting", "link": "javascript:alert(1)"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["link"] == [
        "只收 https:// 开头的链接，住建局的人要能放心点开。"
    ]
    assert 'value="javascript:alert(1)"' in answer.text


def test_the_key_is_shown_to_those_who_keep_the_room_only(world):
    room = make_live.stream(world)
    url = reverse("live:class", args=[room.training_class_id])

    own, bureau = browser(world.aygul).get(url), browser(world.li).get(url)

    assert f"{room.stream}?key={room.key}" in own.text
    assert make_live.RTMP in own.text
    assert room.key not in bureau.text
    assert "开始查看" in bureau.text
    assert "开始查看" not in own.text
    assert room.key not in browser(world.ma).get(url).text


def test_a_key_is_renewed_and_a_room_withdrawn_from_its_page(world):
    room = make_live.stream(world)
    client = browser(world.aygul)

    client.post(reverse("live:renew", args=[room.pk]))
    assert Room.objects.get().key != room.key
    refused = client.post(reverse("live:withdraw", args=[room.pk]))
    gone = client.post(reverse("live:withdraw", args=[room.pk]), {"note": "换教室"}, follow=True)

    assert refused.status_code == 409
    assert "已撤下" in gone.text
    assert (
        reverse("live:begin", args=[room.pk])
        not in browser(world.li).get(reverse("live:class", args=[room.training_class_id])).text
    )


def test_the_room_sees_who_looks_while_they_look(world):
    room = make_live.meeting(world)
    own = browser(world.aygul)
    part = reverse("live:now", args=[room.pk])
    assert "还没有人看过" in own.get(part).text

    begun = browser(world.li).post(reverse("live:begin", args=[room.pk]))

    look = Look.objects.get()
    assert begun.url == reverse("live:look", args=[look.pk])
    seen = own.get(part).text
    assert str(world.li) in seen
    assert str(world.bureau) in seen
    assert "正在看" in seen
    looks.close(look, by=world.li, outcome="wrong", note="没有老师")
    after = own.get(part).text
    assert "正在看" not in after
    assert "有问题" not in after  # what was seen is for those who look on
    assert "有问题" in browser(world.gu).get(part).text


def test_a_meeting_is_opened_in_a_window_that_learns_nothing(world):
    look = make_live.look(world)

    page = browser(world.li).get(reverse("live:look", args=[look.pk]))

    assert f'href="{make_live.LINK}" target="_blank" rel="noopener noreferrer"' in page.text
    assert "246810" in page.text
    assert "blob:" not in page.headers["Content-Security-Policy"]


def test_the_page_of_a_stream_may_fetch_from_the_media_server_and_no_other_page_may(world):
    look = make_live.look(world, make_live.stream(world))
    client = browser(world.li)

    page = client.get(reverse("live:look", args=[look.pk]))

    policy = page.headers["Content-Security-Policy"]
    assert "media-src 'self' blob: https://live.example.org" in policy
    assert policy.split("connect-src ")[1].split(";")[0].endswith("https://live.example.org")
    assert f"/{look.room.stream}/index.m3u8" in page.text
    assert "blob:" not in client.get(reverse("live:index")).headers["Content-Security-Policy"]


def test_a_look_is_for_those_who_look_on(world):
    look = make_live.look(world, make_live.stream(world))
    url = reverse("live:look", args=[look.pk])

    for user in (world.aygul, world.wang, world.far_reviewer, world.adil):
        assert browser(user).get(url).status_code == 404
    colleague = browser(world.zhou).get(url)
    assert colleague.status_code == 200
    assert colleague.context["address"] == ""  # each look has a link of its own


def test_the_page_says_that_it_is_still_there_and_hears_when_the_look_is_over(world):
    look = make_live.look(world)
    client, url = browser(world.li), reverse("live:there", args=[look.pk])

    assert "HX-Refresh" not in client.post(url).headers
    looks.close(look, by=world.li, outcome="fine")

    assert client.post(url).headers["HX-Refresh"] == "true"
    assert browser(world.zhou).post(url).status_code == 403


def test_a_look_is_ended_on_its_page(world):
    look = make_live.look(world)
    client, url = browser(world.li), reverse("live:close", args=[look.pk])

    empty = client.post(url, {})
    short = client.post(url, {"outcome": "wrong", "note": ""})
    done = client.post(url, {"outcome": "wrong", "note": "只有七个人"}, follow=True)

    assert empty.status_code == short.status_code == 422
    assert "请写一句看到了什么" in short.text
    assert "只有七个人" in done.text
    assert browser(world.zhou).post(url, {"outcome": "fine"}).status_code == 403


def test_pictures_are_taken_seen_and_held_on_the_page(world):
    look = make_live.look(world)
    client = browser(world.li)
    url = reverse("live:snapshot", args=[look.pk])

    plain = client.post(url, {"file": make_live.picture()}, follow=True)
    part = client.post(
        url, {"file": make_live.picture(), "from_player": "on"}, headers={"HX-Request": "true"}
    )
    nothing = client.post(url, {})
    disguised = client.post(url, {"file": make_live.picture("a.pdf")})

    assert "已截图" in plain.text
    assert part.text.lstrip().startswith("<section")
    assert [one.source for one in Snapshot.objects.all()] == ["upload", "player"]
    assert nothing.status_code == disguised.status_code == 422
    kept = Snapshot.objects.first()
    picture = client.get(reverse("live:picture", args=[kept.pk]))
    assert b"".join(picture.streaming_content) == files.read(kept.file)
    assert audit.own_history(kept).last().verb == "snapshot.viewed"
    held = client.post(reverse("live:hold", args=[kept.pk]), {"note": "空教室"}, follow=True)
    assert "空教室" in held.text
    assert browser(world.aygul).get(reverse("live:picture", args=[kept.pk])).status_code == 404


def test_a_refused_picture_is_said_to_the_script_too(world, monkeypatch):
    look = make_live.look(world, make_live.stream(world))
    monkeypatch.setattr("zhupei.live.actions.snapshots.shutil.which", lambda _name: None)
    client = browser(world.li)
    headers = {"HX-Request": "true"}

    shot = client.post(reverse("live:shoot", args=[look.pk]), headers=headers)
    taken = client.post(
        reverse("live:snapshot", args=[look.pk]), {"file": make_live.picture("x.png")},
        headers=headers,
    )  # fmt: skip

    assert shot.status_code == taken.status_code == 409
    assert "服务器没有截图程序" in shot.text
    assert "只是名字像" in taken.text


def test_the_list_is_narrowed(world):
    room = make_live.stream(world)
    client, url = browser(world.li), reverse("live:index")

    def titles(**said) -> list[str]:
        return [str(row["room"]) for row in client.get(url, said).context["rows"]]

    assert titles() == titles(q=world.school.name[:4]) == titles(show="unseen") == [str(room)]
    assert titles(q="没有") == titles(show="on_air") == titles(show="now") == []
    make_live.look(world, room)
    assert titles(show="unseen") == []
    assert "有人在看" in client.get(url).text


def test_sittings_and_sessions_have_their_page_too(world):
    sitting, session = make_exams.notified_sitting(world), make_practical.notified_session(world)
    client = browser(world.chen)

    for name, thing in (("live:sitting", sitting), ("live:session", session)):
        url = reverse(name, args=[thing.pk])
        assert "登记远程查看" in client.get(url).text
        client.post(url, {"way": "stream"})
    assert {room.subject for room in Room.objects.all()} == {sitting, session}
    assert {rooms.kind_field(room.subject) for room in Room.objects.all()} == {"sitting", "session"}
    assert browser(world.adil).get(reverse("live:session", args=[session.pk])).status_code == 404
