from django.urls import path

from zhupei.classes.views import join

app_name = "join"
urlpatterns = [
    path("", join.catalogue, name="catalogue"),
    path("<int:pk>/", join.training_class, name="class"),
    path("<int:pk>/sign-up/", join.sign_up, name="sign_up"),
    path("i/<str:token>/", join.invitation, name="invitation"),
    path("i/<str:token>/confirm/", join.confirm, name="confirm"),
    path("i/<str:token>/decline/", join.decline, name="decline"),
    path("mine/", join.mine, name="mine"),
    path("mine/<int:pk>/withdraw/", join.withdraw, name="withdraw"),
]
