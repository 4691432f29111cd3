from django.urls import path

from zhupei.papers.views import assemblies, blueprints, releases

app_name = "papers"
urlpatterns = [
    path("", blueprints.index, name="index"),
    path("new/", blueprints.new, name="new"),
    path("<int:pk>/", blueprints.detail, name="detail"),
    path("<int:pk>/edit/", blueprints.edit, name="edit"),
    path("<int:pk>/feasible/", blueprints.feasible, name="feasible"),
    path("<int:pk>/copy/", blueprints.copy, name="copy"),
    path("<int:pk>/try/", assemblies.rehearse, name="rehearse"),
    path("<int:pk>/move/<slug:name>/", blueprints.move, name="move"),
    path("<int:pk>/release/", releases.propose, name="release"),
    path("releases/<int:pk>/<slug:name>/", releases.move, name="move-release"),
    path("making/<int:pk>/", assemblies.making, name="making"),
    path("assemblies/<int:pk>/", assemblies.assembly, name="assembly"),
    path("forms/<int:pk>/", assemblies.form, name="form"),
    path("forms/<int:pk>/keys/", assemblies.keys, name="keys"),
]
