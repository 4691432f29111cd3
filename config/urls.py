"""The addresses of the site, one line an app."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("account/", include("allauth.urls")),
    path("uploads/", include("zhupei.core.urls_uploads")),
    path("people/", include("zhupei.people.urls")),
    path("org/", include("zhupei.organizations.urls")),
    path("syllabus/", include("zhupei.syllabus.urls")),
    path("institutions/", include("zhupei.institutions.urls")),
    path("teachers/", include("zhupei.teachers.urls")),
    path("questions/", include("zhupei.questions.urls")),
    path("papers/", include("zhupei.papers.urls")),
    path("filings/", include("zhupei.filings.urls")),
    path("classes/", include("zhupei.classes.urls")),
    path("join/", include("zhupei.classes.urls_join")),
    path("attendance/", include("zhupei.attendance.urls")),
    path("teaching/", include("zhupei.teaching.urls")),
    path("feedback/", include("zhupei.feedback.urls")),
    path("venues/", include("zhupei.venues.urls")),
    path("exams/plans/", include("zhupei.plans.urls")),
    path("exams/", include("zhupei.exams.urls")),
    path("exam/", include("zhupei.exams.urls_sit")),
    path("practical/", include("zhupei.practical.urls")),
    path("room/", include("zhupei.invigilation.urls")),
    path("marking/", include("zhupei.marking.urls")),
    path("appeals/", include("zhupei.appeals.urls")),
    path("certificates/", include("zhupei.certificates.urls")),
    path("", include("zhupei.certificates.urls_public")),
    path("analysis/", include("zhupei.analysis.urls")),
    path("archives/", include("zhupei.archives.urls")),
    path("corrections/", include("zhupei.corrections.urls")),
    path("assistance/", include("zhupei.assistance.urls")),
    path("leads/", include("zhupei.leads.urls")),
    path("live/", include("zhupei.live.urls")),
    path("oversight/", include("zhupei.oversight.urls")),
    path("credit/", include("zhupei.credit.urls")),
    path("public/credit/", include("zhupei.credit.urls_public")),
    path("duty/", include("zhupei.duty.urls")),
    path("bulletins/", include("zhupei.bulletins.urls")),
    path("public/bulletins/", include("zhupei.bulletins.urls_public")),
    path("patrols/", include("zhupei.patrols.urls")),
    path("inspections/", include("zhupei.inspections.urls")),
    path("draws/", include("zhupei.inspections.urls_public")),
    path("evaluation/", include("zhupei.evaluation.urls")),
    path("complaints/", include("zhupei.complaints.urls")),
    path("complain/", include("zhupei.complaints.urls_public")),
    path("", include("zhupei.portal.urls")),
]

if settings.DEMO or settings.DEBUG:
    from zhupei.core.gallery import gallery

    urlpatterns += [path("ui/", gallery, name="gallery"), path("ui/<str:shell>/", gallery)]
