from django.urls import path

from zhupei.attendance import views

app_name = "attendance"
urlpatterns = [
    path("<int:pk>/screen/", views.screen, name="screen"),
    path("<int:pk>/code/", views.code, name="code"),
    path("<int:pk>/s/<str:code>/", views.scan, name="scan"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/roll/", views.roll, name="roll"),
    path("<int:pk>/roll/<int:enrolment>/", views.correct, name="correct"),
    path("hours/<int:pk>/", views.hours, name="hours"),
]
