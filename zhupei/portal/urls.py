from django.urls import path

from zhupei.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.public, name="public"),
    path("home/", views.home, name="home"),
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.read_all, name="read-all"),
    path("inbox/<int:pk>/", views.open_message, name="message"),
    path("public/institutions/", views.institution_list, name="institutions"),
    path("public/institutions/<int:pk>/", views.institution, name="institution"),
    path("public/bodies/", views.bodies, name="bodies"),
    path("public/syllabi/", views.syllabi, name="syllabi"),
    path("public/privacy/", views.privacy, name="privacy"),
]
