from django.urls import path

from zhupei.corrections.views import answers, disputes, findings, lists, orders

app_name = "corrections"
urlpatterns = [
    path("", lists.index, name="index"),
    path("export/", lists.export, name="export"),
    path("findings/", findings.index, name="findings"),
    path("findings/new/", findings.new, name="find"),
    path("findings/<int:pk>/", findings.detail, name="finding"),
    path("findings/<int:pk>/evidence/", findings.add_evidence, name="add-evidence"),
    path("findings/<int:pk>/evidence/<int:paper>/", findings.evidence, name="evidence"),
    path("findings/<int:finding>/order/", orders.new, name="issue"),
    path("findings/<int:pk>/dispute/", disputes.raise_one, name="dispute"),
    path("findings/<int:pk>/<slug:name>/", findings.move, name="move-finding"),
    path("orders/<int:pk>/", orders.detail, name="order"),
    path("orders/<int:pk>/letter/", orders.letter, name="letter"),
    path("orders/<int:pk>/letter/<int:number>/", orders.corrected_letter, name="corrected-letter"),
    path("orders/<int:pk>/answers/<int:finding>/", answers.answer, name="answer"),
    path("orders/<int:pk>/verify/", answers.verify, name="verify"),
    path("orders/<int:pk>/extension/", answers.ask, name="ask"),
    path("orders/<int:pk>/<slug:name>/", orders.move, name="move"),
    path("files/<int:pk>/", answers.file, name="file"),
    path("files/<int:pk>/remove/", answers.remove, name="remove"),
    path("disputes/<int:pk>/", disputes.judge, name="judge"),
    path("disputes/files/<int:pk>/", disputes.file, name="dispute-file"),
    path("extensions/<int:pk>/<slug:name>/", answers.answer_wish, name="answer-wish"),
]
