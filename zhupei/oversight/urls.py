from django.urls import path

from zhupei.oversight.views import handovers, law, measures, steps, suspensions

app_name = "oversight"
urlpatterns = [
    path("", suspensions.index, name="index"),
    path("suspensions/<int:pk>/", suspensions.detail, name="suspension"),
    path("suspensions/<int:pk>/evidence/", suspensions.evidence, name="evidence"),
    path("suspensions/<int:pk>/lift-evidence/", suspensions.lift_evidence, name="lift-evidence"),
    path("institutions/<int:institution>/suspend/", suspensions.suspend, name="suspend"),
    path("institutions/<int:institution>/reinstate/", suspensions.reinstate, name="reinstate"),
    path("institutions/<int:institution>/leave/", suspensions.leave, name="leave"),
    path("measures/", measures.index, name="measures"),
    path("institutions/<int:institution>/measure/", measures.draft, name="draft-measure"),
    path("measures/<int:pk>/", measures.measure, name="measure"),
    path("measures/<int:pk>/move/<str:name>/", measures.move, name="move-measure"),
    path("measures/<int:pk>/steps/<str:name>/", steps.step, name="step"),
    path("measures/<int:pk>/papers/", measures.attach, name="attach"),
    path("measures/<int:pk>/papers/<int:paper>/", measures.paper, name="paper"),
    path("measures/<int:pk>/letters/<str:name>/", measures.letter, name="letter"),
    path("handovers/", handovers.index, name="handovers"),
    path("institutions/<int:institution>/hand-over/", handovers.draft, name="draft-handover"),
    path("handovers/<int:pk>/", handovers.handover, name="handover"),
    path("handovers/<int:pk>/move/<str:name>/", handovers.move, name="move-handover"),
    path("handovers/<int:pk>/evidence/", handovers.attach, name="add-evidence"),
    path("handovers/<int:pk>/evidence/<int:paper>/", handovers.paper, name="handed-paper"),
    path(
        "handovers/<int:pk>/evidence/<int:paper>/remove/", handovers.remove, name="remove-evidence"
    ),
    path("handovers/<int:pk>/letter/", handovers.letter, name="handover-letter"),
    path("handovers/<int:pk>/receive/", handovers.receive, name="receive"),
    path("handovers/<int:pk>/report/", handovers.report, name="report"),
    path("handovers/<int:pk>/reports/<int:report>/", handovers.reported, name="reported"),
    path("law/", law.index, name="bases"),
    path("law/new/", law.enter, name="enter-basis"),
    path("law/<int:pk>/", law.edit, name="basis"),
]
