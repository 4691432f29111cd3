"""The pages of a candidate."""

from django.urls import path

from zhupei.exams.views import forms, papers, receipts, rehearsal, worker
from zhupei.exams.views import sit as views

app_name = "sit"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("rehearsal/", rehearsal.rehearsal, name="rehearsal"),
    path("rehearsal/start/", rehearsal.start, name="rehearsal-start"),
    path("rehearsal/<str:sha256>.bin", rehearsal.form, name="rehearsal-form"),
    path("forms/<str:sha256>.bin", forms.form, name="form"),
    path("sw.js", worker.worker, name="worker"),
    path("seat/<int:pk>/", views.door, name="door"),
    path("seat/<int:pk>/slip.pdf", papers.slip, name="slip"),
    path("seat/<int:pk>/start/", views.start, name="start"),
    path("attempt/<int:pk>/", views.paper, name="paper"),
    path("attempt/<int:pk>/ticket/", views.ticket, name="ticket"),
    path("attempt/<int:pk>/save/", views.save, name="save"),
    path("attempt/<int:pk>/hand-in/", views.hand_in, name="hand_in"),
    path("attempt/<int:pk>/result/", views.result, name="result"),
    path("attempt/<int:pk>/receipt/", receipts.download, name="receipt"),
]
