"""Reviews of marks, appeals, cases of misconduct."""

from django.urls import path

from zhupei.appeals.views import cases, requests

app_name = "appeals"
urlpatterns = [
    path("", requests.index, name="index"),
    path("attempts/<int:pk>/file/", requests.file, name="file"),
    path("turns/<int:pk>/file/", requests.file_turn, name="file-turn"),
    path("<int:pk>/", requests.review, name="review"),
    path("<int:pk>/correct/", requests.correct, name="correct"),
    path("<int:pk>/late/", requests.decide_late, name="decide-late"),
    path("<int:pk>/correct-turn/", requests.correct_turn, name="correct-turn"),
    path("<int:pk>/appeal/", requests.appeal, name="appeal"),
    path("<int:pk>/move/<str:name>/", requests.move, name="move"),
    path("appeals/<int:pk>/move/<str:name>/", requests.move_appeal, name="move-appeal"),
    path("cases/", cases.index, name="cases"),
    path("cases/open/<int:pk>/", cases.open_case, name="open-case"),
    path("cases/open/turns/<int:pk>/", cases.open_turn_case, name="open-turn-case"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/state/", cases.state, name="state"),
    path("cases/<int:pk>/evidence/", cases.add_evidence, name="add-evidence"),
    path("cases/<int:pk>/evidence/<int:paper>/", cases.evidence, name="evidence"),
    path("cases/<int:pk>/move/<str:name>/", cases.move, name="case-move"),
]
