from django.urls import path

from zhupei.institutions.views import file

app_name = "institutions"
urlpatterns = [
    path("", file.index, name="index"),
    path("<int:pk>/", file.detail, name="detail"),
    path("<int:pk>/rooms/add/", file.add_room, name="add-room"),
    path("<int:pk>/licences/enter/", file.enter_licence, name="enter-licence"),
]
