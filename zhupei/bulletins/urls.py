from django.urls import path

from zhupei.bulletins import views

app_name = "bulletins"
urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.draft, name="draft"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/sections/<slug:section>/", views.rewrite, name="rewrite"),
    path("<int:pk>/move/<slug:name>/", views.move, name="move"),
    path("<int:pk>/paper.<slug:kind>", views.download, name="download"),
]
