from django.urls import path

from zhupei.archives import views

app_name = "archives"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/zip/", views.download, name="download"),
    path("<int:pk>/check/", views.check, name="check"),
    path("classes/<int:pk>/make/", views.make_class, name="make-class"),
    path("sittings/<int:pk>/make/", views.make_sitting, name="make-sitting"),
    path("making/<int:pk>/", views.making, name="making"),
]
