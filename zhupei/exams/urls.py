"""The workbench: sittings of an assessment body."""

from django.urls import path

from zhupei.exams.views import corrections, late, papers, places, steps, watchers
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
    path("corrections/", corrections.index, name="corrections"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("corrections/<int:pk>/move/<str:name>/", corrections.move, name="move-correction"),
    path("<int:pk>/items/", corrections.items, name="items"),
    path("<int:pk>/items/<int:version>/", corrections.item, name="item"),
    path("<int:pk>/late/", late.index, name="late"),
    path("<int:pk>/late/file/", late.carry, name="carry"),
    path("<int:pk>/late/<int:attempt>/", late.decide, name="decide-late"),
    path("<int:pk>/entitled.xlsx", papers.entitled, name="entitled"),
    path("<int:pk>/map/", places.seats, name="map"),
    path("<int:pk>/map/arrange/", places.arrange, name="arrange"),
    path("<int:pk>/map/<int:candidate>/", places.reseat, name="reseat"),
    path("<int:pk>/invigilators/", watchers.watch, name="watch"),
    path("<int:pk>/invigilators/<int:called>/<str:name>/", watchers.answer, name="answer-call"),
    path("<int:pk>/papers/", papers.papers, name="papers"),
    path("<int:pk>/papers/<str:kind>.pdf", papers.paper, name="paper"),
    path("<int:pk>/papers/slips/", papers.make_slips, name="make-slips"),
    path("slips/<int:pk>/", papers.slip_file, name="slip-file"),
    path("<int:pk>/questions/", papers.ask, name="ask"),
    path("<int:pk>/questions/<int:question>/", papers.reply, name="reply"),
    path("<int:pk>/move/<str:name>/", views.move, name="move"),
    path("<int:pk>/step/<str:name>/", steps.step, name="step"),
]
