"""The inbox: what is unread, and reading it all at once."""

from django.urls import reverse

from zhupei.core import messages
from zhupei.core.models import Message


def test_what_is_unread_is_shown_alone_and_marked_at_once(world, as_user):
    messages.tell([world.adil], "一")
    messages.tell([world.adil], "二", url="/join/mine/")
    messages.tell([world.sun], "别人的")
    browser = as_user(world.adil)
    browser.get(reverse("portal:message", args=[Message.objects.get(title="一").pk]))

    unread = browser.get(reverse("portal:inbox"), {"unread": ""})
    assert [line.title for line in unread.context["page"]] == ["二"]
    assert "未读 1" in unread.text
    page = browser.post(reverse("portal:read-all"), follow=True)

    assert "全部标为已读" not in page.text
    assert not world.adil.inbox.unread().exists()
    assert world.sun.inbox.unread().count() == 1
    empty = browser.get(reverse("portal:inbox"), {"unread": ""})
    assert "没有未读消息" in empty.text
    assert browser.get(reverse("portal:read-all")).status_code == 405
