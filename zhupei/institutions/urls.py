from django.urls import path

from zhupei.institutions import views

app_name = "institutions"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/rooms/add/", views.add_room, name="add-room"),
    path("<int:pk>/licences/enter/", views.enter_licence, name="enter-licence"),
]
