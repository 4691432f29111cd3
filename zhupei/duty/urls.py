from django.urls import path

from zhupei.duty import views

app_name = "duty"
urlpatterns = [
    path("", views.index, name="index"),
    path("export/", views.export, name="export"),
    path("<int:pk>/<slug:part>/", views.cases, name="cases"),
]
