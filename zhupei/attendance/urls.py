from django.urls import path

from zhupei.attendance.views import corrections, hours, offline, roll, screen, sheets, signing
from zhupei.core.offline import worker

app_name = "attendance"
urlpatterns = [
    path("<int:pk>/screen/", screen.screen, name="screen"),
    path("<int:pk>/code/", screen.code, name="code"),
    path("<int:pk>/s/<str:code>/", signing.scan, name="scan"),
    path("<int:pk>/sign/", signing.sign, name="sign"),
    path("<int:pk>/roll/", roll.roll, name="roll"),
    path("<int:pk>/roll/<int:enrolment>/", roll.correct, name="correct"),
    path("<int:pk>/roll/<int:enrolment>/<str:name>/", roll.presence, name="presence"),
    path("<int:pk>/offline/", offline.roll, name="offline"),
    path("<int:pk>/offline/sync/", offline.sync, name="sync"),
    path("sw.js", worker, name="worker"),
    path("<int:pk>/paper/", sheets.paper, name="paper"),
    path("<int:pk>/paper/enter/", sheets.enter, name="enter"),
    path("sheets/<int:pk>/", sheets.sheet, name="sheet"),
    path("sheets/<int:pk>/photo/", sheets.photo, name="photo"),
    path("sheets/<int:pk>/<str:name>/", sheets.move, name="sheet_move"),
    path("corrections/", corrections.index, name="corrections"),
    path("corrections/<int:pk>/", corrections.detail, name="correction"),
    path("corrections/<int:pk>/<str:name>/", corrections.move, name="correction_move"),
    path("hours/<int:pk>/", hours.hours, name="hours"),
]
