"""The exam room."""

from django.urls import path

from zhupei.invigilation.views import board, door, incidents, log, safe_browser

app_name = "invigilation"
urlpatterns = [
    path("", board.index, name="index"),
    path("<int:pk>/door/", door.door, name="door"),
    path("<int:pk>/door/<int:candidate>/", door.check_in, name="check_in"),
    path("<int:pk>/door/<int:candidate>/refuse/", door.refuse, name="refuse"),
    path("<int:pk>/incidents/", incidents.index, name="incidents"),
    path("<int:pk>/incidents/new/", incidents.note, name="incident"),
    path("<int:pk>/incidents/<int:incident>/settle/", incidents.settle, name="settle"),
    path("<int:pk>/incidents/<int:incident>/photo/", incidents.photo, name="photo"),
    path("<int:pk>/log/", log.log, name="log"),
    path("<int:pk>/log/open/", log.open_room, name="open_room"),
    path("<int:pk>/log/close/", log.close_room, name="close_room"),
    path("<int:pk>/log/sign/", log.sign, name="sign"),
    path("<int:pk>/safe-browser/", safe_browser.setting, name="safe_browser"),
    path("<int:pk>/safe-browser/lift/", safe_browser.lift, name="lift"),
    path("<int:pk>/safe-browser/<int:candidate>/", safe_browser.waive, name="waive"),
    path("enter/<int:pk>/", safe_browser.enter, name="enter"),
    path("config/<str:ticket>/exam.seb", safe_browser.config, name="config"),
]
