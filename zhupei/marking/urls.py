"""Marking by people."""

from django.urls import path

from zhupei.marking import views

app_name = "marking"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("scripts/<int:pk>/", views.script, name="script"),
    path("sittings/", views.index, name="index"),
    path("sittings/<int:pk>/", views.sitting, name="sitting"),
    path("sittings/<int:pk>/markers/", views.name_marker, name="name-marker"),
    path("sittings/<int:pk>/deal/", views.deal, name="deal"),
    path("markers/<int:pk>/remove/", views.remove_marker, name="remove-marker"),
]
