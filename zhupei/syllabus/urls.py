from django.urls import path

from zhupei.syllabus import views

app_name = "syllabus"
urlpatterns = [
    path("", views.index, name="index"),
    path("draft/", views.draft, name="draft"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/<slug:name>/", views.move, name="move"),
]
