"""Addresses of the record of teaching."""

from django.urls import path

from zhupei.teaching.views import books, evidence, record

app_name = "teaching"
urlpatterns = [
    path("class/<int:pk>/", record.of_class, name="class"),
    path("class/<int:pk>/checks/", record.checks, name="checks"),
    path("checks/<int:pk>/correct/", record.correct, name="correct"),
    path("lessons/<int:pk>/", record.lesson, name="lesson"),
    path("lessons/<int:pk>/as-planned/", record.as_planned, name="as_planned"),
    path("class/<int:pk>/evidence/", evidence.evidence, name="evidence"),
    path("evidence/<int:pk>/", evidence.piece, name="piece"),
    path("evidence/<int:pk>/withdraw/", evidence.withdraw, name="withdraw"),
    path("class/<int:pk>/books/", books.books, name="books"),
    path("books/<int:pk>/give/", books.give, name="give"),
    path("books/<int:pk>/drop/", books.drop, name="drop"),
    path("hand-outs/<int:pk>/code/", books.code, name="code"),
    path("books/mine/", books.mine, name="my_books"),
    path("hand-outs/<int:pk>/confirm/", books.confirm, name="confirm"),
]
