"""The exam room."""

from django.urls import path

from zhupei.invigilation.views import board, door, incidents, log, notices, safe_browser, seat

app_name = "invigilation"
urlpatterns = [
    path("", board.index, name="index"),
    path("<int:pk>/", board.board, name="board"),
    path("<int:pk>/events/", board.events, name="events"),
    path("<int:pk>/ticket/", board.ticket, name="ticket"),
    path("<int:pk>/help/<int:call>/", board.answer, name="answer"),
    path("<int:pk>/seat/<int:candidate>/", seat.seat, name="seat"),
    path("<int:pk>/seat/<int:candidate>/move/", seat.move, name="move"),
    path("<int:pk>/act/<str:name>/", seat.act, name="act"),
    path("<int:pk>/notices/", notices.notices, name="notices"),
    path("<int:pk>/door/", door.door, name="door"),
    path("<int:pk>/door/<int:candidate>/", door.check_in, name="check_in"),
    path("<int:pk>/door/<int:candidate>/refuse/", door.refuse, name="refuse"),
    path("<int:pk>/door/<int:candidate>/undo/", door.undo, name="undo"),
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
    path("heard/<int:pk>/", notices.heard, name="heard"),
    path("call/<int:pk>/", notices.call, name="call"),
    path("enter/<int:pk>/", safe_browser.enter, name="enter"),
    path("config/<str:ticket>/exam.seb", safe_browser.config, name="config"),
]
