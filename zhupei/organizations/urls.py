from django.urls import path

from zhupei.organizations.views import members, parameters, register

app_name = "organizations"
urlpatterns = [
    path("", register.index, name="index"),
    path("register/", register.register, name="register"),
    path("act-as/", members.switch, name="switch"),
    path("members/", members.members, name="members"),
    path("<int:pk>/members/", members.members, name="members-of"),
    path("<int:pk>/members/add/", members.add, name="add-member"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/end/", members.end, name="end-member"),
    path("members/<int:pk>/link/", members.send_link, name="send-link"),
    path("members/<int:pk>/again/", members.again, name="appoint-again"),
    path("parameters/", parameters.parameter_list, name="parameters"),
    path("parameters/<str:key>/", parameters.parameter, name="parameter"),
]
