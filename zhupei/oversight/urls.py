from django.urls import path

from zhupei.oversight import views

app_name = "oversight"
urlpatterns = [
    path("", views.index, name="index"),
    path("suspensions/<int:pk>/", views.detail, name="suspension"),
    path("suspensions/<int:pk>/evidence/", views.evidence, name="evidence"),
    path("suspensions/<int:pk>/lift-evidence/", views.lift_evidence, name="lift-evidence"),
    path("institutions/<int:institution>/suspend/", views.suspend, name="suspend"),
    path("institutions/<int:institution>/reinstate/", views.reinstate, name="reinstate"),
    path("institutions/<int:institution>/leave/", views.leave, name="leave"),
]
