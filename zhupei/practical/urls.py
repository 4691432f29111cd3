"""The addresses of practical exams."""

from django.urls import path

from zhupei.practical.views import editor, rubrics

app_name = "practical"
urlpatterns = [
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
