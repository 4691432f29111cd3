from django.urls import path

from zhupei.organizations import views

app_name = "organizations"
urlpatterns = [
    path("act-as/", views.switch, name="switch"),
    path("parameters/", views.parameter_list, name="parameters"),
    path("parameters/<str:key>/", views.parameter, name="parameter"),
]
