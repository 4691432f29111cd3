from django.urls import path

from zhupei.archives.views import packages as views
from zhupei.archives.views import recordings as views_recordings

app_name = "archives"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/zip/", views.download, name="download"),
    path("<int:pk>/check/", views.check, name="check"),
    path("classes/<int:pk>/make/", views.make, {"subject": "class"}, name="make-class"),
    path("sittings/<int:pk>/make/", views.make, {"subject": "sitting"}, name="make-sitting"),
    path("sessions/<int:pk>/make/", views.make, {"subject": "session"}, name="make-session"),
    path("sittings/<int:pk>/recordings/", views_recordings.index, name="recordings"),
    path("recordings/<int:pk>/", views_recordings.fetch, name="recording"),
    path("recordings/<int:pk>/withdraw/", views_recordings.withdraw, name="withdraw-recording"),
    path("making/<int:pk>/", views.making, name="making"),
]
