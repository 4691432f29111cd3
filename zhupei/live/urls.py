"""Addresses of looking into rooms from afar."""

from django.urls import path

from zhupei.live.views import looks, rooms, server

app_name = "live"
urlpatterns = [
    path("", rooms.index, name="index"),
    path("classes/<int:pk>/", rooms.of_class, name="class"),
    path("sittings/<int:pk>/", rooms.of_sitting, name="sitting"),
    path("sessions/<int:pk>/", rooms.of_session, name="session"),
    path("rooms/<int:pk>/now/", rooms.now, name="now"),
    path("rooms/<int:pk>/key/", rooms.renew, name="renew"),
    path("rooms/<int:pk>/withdraw/", rooms.withdraw, name="withdraw"),
    path("rooms/<int:pk>/look/", looks.begin, name="begin"),
    path("looks/<int:pk>/", looks.page, name="look"),
    path("looks/<int:pk>/there/", looks.there, name="there"),
    path("looks/<int:pk>/close/", looks.close, name="close"),
    path("looks/<int:pk>/snapshots/", looks.snapshot, name="snapshot"),
    path("looks/<int:pk>/shoot/", looks.shoot, name="shoot"),
    path("snapshots/<int:pk>/", looks.picture, name="picture"),
    path("snapshots/<int:pk>/hold/", looks.hold, name="hold"),
    path("server/publish/", server.publish, name="server-publish"),
    path("server/unpublish/", server.unpublish, name="server-unpublish"),
    path("server/play/", server.play, name="server-play"),
    path("server/fragment/", server.fragment, name="server-fragment"),
]
