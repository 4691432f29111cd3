"""Addresses of the workbench pages about classes."""

from django.urls import path

from zhupei.classes.views import (
    calendar,
    checking,
    documents,
    figures,
    plan,
    review,
    roster,
    second,
    timetable,
    writing,
)

app_name = "classes"
urlpatterns = [
    path("", plan.index, name="index"),
    path("draft/", writing.draft, name="draft"),
    path("second-readings/", second.second_readings, name="second_readings"),
    path("second-readings/<int:pk>/", second.second_reading, name="second_reading"),
    path("second-readings/<int:pk>/<slug:name>/", second.move_second, name="move_second"),
    path("draws/", second.draws, name="draws"),
    path("draws/<int:pk>/", second.draw, name="draw"),
    path("review-figures/", figures.figures, name="review_figures"),
    path("review-figures/plans/", figures.plans, name="reviewed_plans"),
    path("teachers/<int:pk>/", calendar.teacher_calendar, name="teacher_calendar"),
    path("<int:pk>/", plan.detail, name="detail"),
    path("draft/check/", checking.check_draft, name="check_draft"),
    path("draft/copy/", writing.copy, name="copy"),
    path("<int:pk>/edit/", writing.edit, name="edit"),
    path("<int:pk>/check/", checking.check, name="check"),
    path("<int:pk>/timetable/check/", checking.check_week, name="check_week"),
    path("<int:pk>/return/", plan.send_back, name="send_back"),
    path("<int:pk>/timetable/", timetable.timetable, name="timetable"),
    path("<int:pk>/timetable/lay-out/", timetable.lay_out, name="lay_out"),
    path("<int:pk>/documents/", documents.documents, name="documents"),
    path("documents/<int:pk>/", documents.document, name="document"),
    path("documents/<int:pk>/remove/", documents.remove_document, name="remove_document"),
    path("<int:pk>/review/reading/", review.still_reading, name="still_reading"),
    path("<int:pk>/review/file/<uuid:file>/", review.evidence_file, name="evidence_file"),
    path("<int:pk>/review/<slug:item>/", review.evidence, name="evidence"),
    path("<int:pk>/review/<slug:item>/answer/", review.answer, name="answer"),
    path(
        "<int:pk>/review/<slug:item>/<int:document>/",
        review.evidence_document,
        name="evidence_document",
    ),
    path("<int:pk>/roster/", roster.roster, name="roster"),
    path("<int:pk>/roster/template/", roster.template, name="roster_template"),
    path("<int:pk>/roster/send/", roster.send_roster, name="send_roster"),
    path("invitations/<int:pk>/take-back/", roster.take_back, name="take_back"),
    path("rosters/<uuid:key>/", roster.rehearsal, name="rehearsal"),
    path("rosters/<uuid:key>/import/", roster.import_roster, name="import_roster"),
    path("rosters/<uuid:key>/corrected/", roster.corrected, name="corrected"),
    path("<int:pk>/<slug:name>/", plan.move, name="move"),
]
