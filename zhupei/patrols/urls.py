"""The addresses of patrols."""

from django.urls import path

from zhupei.core.offline import worker
from zhupei.patrols.views import desk, duties, overview, records, rounds

app_name = "patrols"
urlpatterns = [
    path("", overview.index, name="map"),
    path("places/<str:code>/", overview.place, name="place"),
    path("institutions/<int:pk>/", overview.institution, name="institution"),
    path("duties/", duties.index, name="duties"),
    path("duties/export/", duties.export, name="export"),
    path("duties/plan/", rounds.plan, name="plan-many"),
    path("duties/<int:pk>/", duties.detail, name="duty"),
    path("duties/<int:pk>/plan/", duties.plan, name="plan"),
    path("duties/<int:pk>/explain/", duties.explain, name="explain"),
    path("sw.js", worker, name="worker"),
    path("desk/", desk.desk, name="desk"),
    path("visits/<int:pk>/", desk.visit, name="visit"),
    path("visits/<int:pk>/sync/", desk.sync, name="sync"),
    path("visits/<int:pk>/photos/", desk.add_photo, name="add-photo"),
    path("visits/<int:pk>/move/<str:name>/", duties.call_off, name="move"),
    path("records/", records.index, name="records"),
    path("records/<int:pk>/", records.record, name="record"),
    path("photos/<int:pk>/", records.photo, name="photo"),
]
