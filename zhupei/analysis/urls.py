from django.urls import path

from zhupei.analysis.views import leads, studies

app_name = "analysis"
urlpatterns = [
    path("", studies.index, name="index"),
    path("sittings/<int:pk>/", studies.detail, name="detail"),
    path("sittings/<int:pk>/again/", studies.again, name="again"),
    path("items/<int:pk>/", studies.item, name="item"),
    path("leads/", leads.index, name="leads"),
    path("leads/<int:pk>/", leads.detail, name="lead"),
    path("leads/<int:pk>/cases/<int:candidate>/", leads.open_case, name="open-case"),
    path("leads/<int:pk>/<slug:name>/", leads.move, name="move"),
]
