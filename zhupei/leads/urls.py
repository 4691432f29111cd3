"""Addresses of leads."""

from django.urls import path

from zhupei.leads.views import leads, rules

app_name = "leads"
urlpatterns = [
    path("", leads.index, name="index"),
    path("rules/", rules.rules, name="rules"),
    path("search/", rules.search, name="search"),
    path("searching/<int:pk>/", rules.searching_page, name="searching"),
    path("<int:pk>/", leads.detail, name="detail"),
    path("<int:pk>/finding/", leads.hand_on, name="hand-on"),
    path("<int:pk>/<slug:name>/", leads.move, name="move"),
]
