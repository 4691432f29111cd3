"""Addresses of large files on their way."""

from django.urls import path

from zhupei.core import tus

app_name = "uploads"
urlpatterns = [
    path("", tus.begin, name="begin"),
    path("<uuid:key>/", tus.part, name="part"),
]
