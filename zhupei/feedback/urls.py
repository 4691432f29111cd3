from django.urls import path

from zhupei.feedback import views

app_name = "feedback"
urlpatterns = [
    path("<int:enrolment>/", views.speak, name="speak"),
    path("class/<int:pk>/", views.of_class, name="class"),
    path("class/<int:pk>/self/", views.self_evaluation, name="self"),
    path("class/<int:pk>/self/hand-in/", views.hand_in, name="hand_in"),
    path("calls/", views.calls, name="calls"),
    path("calls/<int:pk>/", views.call, name="call"),
    path("calls/<int:pk>/miss/", views.miss, name="miss"),
    path("calls/<int:pk>/decline/", views.decline, name="decline"),
    path("figures/", views.satisfaction, name="figures"),
]
