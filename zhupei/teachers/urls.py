"""Addresses of the teacher pool."""

from django.urls import path

from zhupei.teachers.views import engagements, evidence, pool, roster, studies, teacher

app_name = "teachers"
urlpatterns = [
    path("", pool.index, name="index"),
    path("reviews/", pool.reviews, name="reviews"),
    path("shared/", pool.shared, name="shared"),
    path("studies/", pool.studies, name="studies"),
    path("mine/", teacher.mine, name="mine"),
    path("apply/", teacher.apply, name="apply"),
    path("propose/", teacher.propose, name="propose"),
    path("roster/", roster.roster, name="roster"),
    path("roster/export/", roster.export, name="export"),
    path("roster/import/", roster.send, name="send_roster"),
    path("roster/template/", roster.template, name="template"),
    path("rosters/<uuid:key>/", roster.rehearsal, name="rehearsal"),
    path("rosters/<uuid:key>/import/", roster.confirm, name="import_roster"),
    path("rosters/<uuid:key>/corrected/", roster.corrected, name="corrected"),
    path("evidence/<int:pk>/", evidence.scan, name="scan"),
    path("evidence/<int:pk>/attach/", evidence.attach, name="attach"),
    path("evidence/<int:pk>/remove/", evidence.remove, name="remove_evidence"),
    path("engagements/<int:pk>/", engagements.renew, name="renew"),
    path("engagements/<int:pk>/end/", engagements.end, name="end"),
    path("engagements/<int:pk>/contract/", engagements.contract, name="contract"),
    path("engagements/<int:pk>/insurance/", engagements.insurance, name="insurance"),
    path("studies/<int:pk>/proof/", studies.proof, name="proof"),
    path("studies/<int:pk>/confirm/", studies.confirm, name="confirm_study"),
    path("studies/<int:pk>/remove/", studies.remove, name="remove_study"),
    path("<int:pk>/", teacher.detail, name="detail"),
    path("<int:pk>/identity/", teacher.identity, name="identity"),
    path("<int:pk>/edit/", teacher.edit, name="edit"),
    path("<int:pk>/return/", teacher.send_back, name="send_back"),
    path("<int:pk>/evidence/", evidence.add, name="add_evidence"),
    path("<int:pk>/engage/", engagements.engage, name="engage"),
    path("<int:pk>/studies/", studies.add, name="add_study"),
    path("<int:pk>/<slug:name>/", teacher.move, name="move"),
]
