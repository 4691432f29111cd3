"""What everybody may read."""

from django.urls import path

from zhupei.bulletins import views

app_name = "public-bulletins"
urlpatterns = [
    path("", views.public, name="index"),
    path("<int:pk>.<slug:kind>", views.public_paper, name="paper"),
]
