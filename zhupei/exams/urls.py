"""The workbench: sittings of an assessment body."""

from django.urls import path

from zhupei.exams.views import late
from zhupei.exams.views import sittings as views

app_name = "exams"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.draft, name="draft"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/seats/", views.seating, name="seating"),
    path("<int:pk>/seats/<int:candidate>/free/", views.unseat, name="unseat"),
    path("<int:pk>/late/", late.index, name="late"),
    path("<int:pk>/late/file/", late.carry, name="carry"),
    path("<int:pk>/late/<int:attempt>/", late.decide, name="decide-late"),
    path("<int:pk>/move/<str:name>/", views.move, name="move"),
]
