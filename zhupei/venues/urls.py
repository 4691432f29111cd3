"""Addresses of venues: designations of bodies, sites, rooms with their seats."""

from django.urls import path

from zhupei.venues.views import designations, rooms, sites

app_name = "venues"
urlpatterns = [
    path("designations/", designations.index, name="designations"),
    path("designations/draft/", designations.draft, name="draft"),
    path("designations/<int:pk>/", designations.detail, name="designation"),
    path("designations/<int:pk>/edit/", designations.edit, name="edit"),
    path("designations/<int:pk>/papers/", designations.attach, name="attach"),
    path("designations/papers/<int:pk>/", designations.paper, name="paper"),
    path("designations/papers/<int:pk>/remove/", designations.remove, name="remove"),
    path("designations/<int:pk>/<slug:name>/", designations.move, name="move"),
    path("sites/", sites.index, name="sites"),
    path("sites/add/", sites.add, name="add-site"),
    path("sites/<int:pk>/", sites.detail, name="site"),
    path("sites/<int:pk>/change/", sites.change, name="change-site"),
    path("sites/<int:pk>/close/", sites.close, name="close-site"),
    path("sites/<int:pk>/rooms/", sites.place_room, name="place-room"),
    path("rooms/<int:pk>/", rooms.seats, name="room"),
    path("rooms/<int:pk>/layout/", rooms.lay_out, name="lay-out"),
    path("rooms/<int:pk>/press/", rooms.press, name="press"),
    path("rooms/<int:pk>/check/", rooms.check, name="check"),
    path("seats/<int:pk>/", rooms.seat, name="seat"),
]
