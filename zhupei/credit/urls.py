from django.urls import path

from zhupei.credit.views import cases, institutions, records

app_name = "credit"
urlpatterns = [
    path("", records.index, name="index"),
    path("export/", records.export, name="export"),
    path("records/<int:pk>/", records.record, name="record"),
    path("records/<int:pk>/move/<str:name>/", records.move, name="move"),
    path("records/<int:pk>/repair/", cases.repair, name="repair"),
    path("records/<int:pk>/object/", cases.object_to, name="object"),
    path("repairs/<int:pk>/move/<str:name>/", cases.repair_move, name="repair-move"),
    path("repairs/<int:pk>/papers/<str:name>/", cases.paper, name="paper"),
    path("objections/<int:pk>/move/<str:name>/", cases.objection_move, name="objection-move"),
    path("objections/<int:pk>/amend/", cases.amend, name="amend"),
    path("objections/<int:pk>/evidence/", cases.evidence, name="evidence"),
    path("files/", institutions.index, name="files"),
    path("files/<int:pk>/", institutions.file, name="file"),
    path("files/<int:institution>/enter/", records.enter, name="enter"),
    path("files/<int:pk>/grade/", institutions.set_grade, name="set-grade"),
    path("grades/", institutions.grades, name="grades"),
    path("grades/export/", institutions.export_grades, name="export-grades"),
]
