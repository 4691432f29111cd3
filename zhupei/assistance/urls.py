from django.urls import path

from zhupei.assistance.views import help as records
from zhupei.assistance.views import pairings

app_name = "assistance"
urlpatterns = [
    path("", records.index, name="index"),
    path("new/<slug:kind>/", records.new, name="new"),
    path("totals/", pairings.totals, name="totals"),
    path("pairings/", pairings.index, name="pairings"),
    path("pairings/new/", pairings.assign, name="assign"),
    path("pairings/<int:pk>/end/", pairings.end, name="end"),
    path("<int:pk>/", records.detail, name="detail"),
    path("<int:pk>/edit/", records.edit, name="edit"),
    path("<int:pk>/files/", records.attach, name="attach"),
    path("<int:pk>/files/<int:paper>/", records.file, name="file"),
    path("<int:pk>/files/<int:paper>/remove/", records.remove, name="remove"),
    path("<int:pk>/<slug:name>/", records.move, name="move"),
]
