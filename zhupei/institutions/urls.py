from django.urls import path

from zhupei.institutions.views import admission, file, staffing

app_name = "institutions"
urlpatterns = [
    path("", file.index, name="index"),
    path("admissions/", admission.index, name="admissions"),
    path("register/", admission.register, name="register"),
    path("staffing/", staffing.index, name="staffing"),
    path("<int:pk>/admission/", admission.detail, name="admission"),
    path("<int:pk>/admission/open/", admission.open_file, name="open-file"),
    path("<int:pk>/admission/<str:name>/", admission.move, name="admission-move"),
    path("<int:pk>/", file.detail, name="detail"),
    path("<int:pk>/rooms/add/", file.add_room, name="add-room"),
    path("<int:pk>/licences/enter/", file.enter_licence, name="enter-licence"),
]
