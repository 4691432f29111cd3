"""Complaining, and coming back: for everybody."""

from django.urls import path

from zhupei.complaints.views import follow, public

app_name = "complain"
urlpatterns = [
    path("", public.find, name="find"),
    path("new/", public.new, name="new"),
    path("receipt/", public.receipt, name="receipt"),
    path("figures/", public.figures, name="figures"),
    path("follow/", follow.follow, name="follow"),
    path("follow/case/", follow.case, name="case"),
    path("follow/leave/", follow.leave, name="leave"),
    path("follow/<str:name>/", follow.say, name="say"),
    path("mine/", follow.mine, name="mine"),
    path("mine/<int:pk>/", follow.own, name="own"),
    path("mine/<int:pk>/<str:name>/", follow.say_own, name="say-own"),
]
