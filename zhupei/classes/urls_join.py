from django.urls import path

from zhupei.classes.views import invitation, join, mine

app_name = "join"
urlpatterns = [
    path("", join.catalogue, name="catalogue"),
    path("<int:pk>/", join.training_class, name="class"),
    path("<int:pk>/sign-up/", join.sign_up, name="sign_up"),
    path("<int:pk>/wait/", join.wait, name="wait"),
    path("waiting/<int:pk>/take/", join.take, name="take"),
    path("waiting/<int:pk>/leave/", join.leave_line, name="leave_line"),
    path("i/<str:token>/", invitation.invitation, name="invitation"),
    path("i/<str:token>/code/", invitation.prove, name="prove"),
    path("i/<str:token>/confirm/", invitation.confirm, name="confirm"),
    path("i/<str:token>/decline/", invitation.decline, name="decline"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<int:pk>/withdraw/", mine.withdraw, name="withdraw"),
    path("mine/<int:pk>/transfer/", mine.transfer, name="transfer"),
]
