"""The addresses of practical exams."""

from django.urls import path

from zhupei.core.offline import worker
from zhupei.practical.views import desk, editor, own, rubrics, sessions, turns

app_name = "practical"
urlpatterns = [
    path("", sessions.index, name="sessions"),
    path("new/", sessions.draft, name="draft"),
    path("<int:pk>/", sessions.detail, name="session"),
    path("<int:pk>/edit/", sessions.edit, name="edit"),
    path("<int:pk>/people/", sessions.people, name="people"),
    path("<int:pk>/progress/", sessions.progress, name="progress"),
    path("<int:pk>/move/<str:name>/", sessions.move, name="move"),
    path("turns/<int:pk>/", turns.detail, name="turn"),
    path("turns/<int:pk>/arrive/", turns.arrive, name="arrive"),
    path("turns/<int:pk>/miss/", turns.miss, name="miss"),
    path("turns/<int:pk>/third/", turns.third, name="third"),
    path("turns/<int:pk>/replace/", turns.replace, name="replace"),
    path("turns/<int:pk>/again/", turns.again, name="again"),
    path("turns/<int:pk>/paper/", turns.paper, name="paper"),
    path("evidence/<int:pk>/", turns.evidence, name="evidence"),
    path("sw.js", worker, name="worker"),
    path("desk/", desk.desk, name="desk"),
    path("sheets/<int:pk>/", desk.sheet, name="sheet"),
    path("sheets/<int:pk>/sync/", desk.sync, name="sync"),
    path("sheets/<int:pk>/evidence/", desk.add_evidence, name="add-evidence"),
    path("own/<int:pk>/", own.turn, name="own-turn"),
    path("rubrics/", rubrics.index, name="rubrics"),
    path("rubrics/new/", rubrics.start, name="start-rubric"),
    path("rubrics/template/", rubrics.template, name="rubric-template"),
    path("rubrics/<int:pk>/", rubrics.detail, name="rubric"),
    path("rubrics/<int:pk>/move/<str:name>/", rubrics.move, name="move-rubric"),
    path("rubrics/<int:pk>/preview/", rubrics.preview, name="preview"),
    path("rubrics/<int:pk>/difference/<int:other>/", rubrics.difference, name="difference"),
    path("rubrics/<int:pk>/file/<uuid:file>/", rubrics.rehearsal, name="rehearsal"),
    path("rubrics/<int:pk>/file/<uuid:file>/take-in/", rubrics.take_in, name="take-in"),
    path("rubrics/<int:pk>/file/<uuid:file>/corrected/", rubrics.corrected, name="corrected"),
    path("rubrics/<int:pk>/task/", editor.task, name="new-task"),
    path("rubrics/<int:pk>/task/<slug:key>/", editor.task, name="task"),
    path("rubrics/<int:pk>/task/<slug:key>/remove/", editor.remove_task, name="remove-task"),
    path("rubrics/<int:pk>/fatal/", editor.fatal, name="fatal"),
]
