from django.urls import path

from zhupei.syllabus.views import jobs, syllabi, textbooks, tree

app_name = "syllabus"
urlpatterns = [
    path("", syllabi.index, name="index"),
    path("draft/", syllabi.draft, name="draft"),
    path("<int:pk>/", syllabi.detail, name="detail"),
    path("<int:pk>/edit/", syllabi.edit, name="edit"),
    path("<int:pk>/copy/", syllabi.copy, name="copy"),
    path("<int:pk>/difference/<int:other>/", syllabi.difference, name="difference"),
    path("<int:pk>/tree/", tree.tree, name="tree"),
    path("<int:pk>/tree/units/", tree.add_unit, name="add_unit"),
    path("<int:pk>/tree/units/<int:unit>/topics/", tree.add_topic, name="add_topic"),
    path("<int:pk>/tree/units/<int:unit>/<slug:step>/", tree.unit, name="unit"),
    path("<int:pk>/tree/topics/<int:topic>/<slug:step>/", tree.topic, name="topic"),
    path("<int:pk>/<slug:name>/", syllabi.move, name="move"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/new/", jobs.enter_job, name="enter_job"),
    path("jobs/<int:pk>/", jobs.job, name="job"),
    path("jobs/<int:pk>/codes/", jobs.add_code, name="add_code"),
    path("codes/<int:pk>/end/", jobs.end_code, name="end_code"),
    path("textbooks/", textbooks.textbooks, name="textbooks"),
    path("textbooks/propose/", textbooks.propose, name="propose_textbook"),
    path("textbooks/<int:pk>/", textbooks.textbook, name="textbook"),
    path("textbooks/<int:pk>/edit/", textbooks.correct, name="correct_textbook"),
    path("textbooks/<int:pk>/<slug:name>/", textbooks.decide, name="decide_textbook"),
]
