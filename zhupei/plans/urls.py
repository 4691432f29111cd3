"""The addresses of plans; they stand among those of exams, where they have always been."""

from django.urls import path

from zhupei.plans.views import plans

app_name = "plans"
urlpatterns = [
    path("", plans.index, name="index"),
    path("new/", plans.draft, name="draft"),
    path("<int:pk>/", plans.detail, name="detail"),
    path("<int:pk>/edit/", plans.edit, name="edit"),
    path("<int:pk>/exams/", plans.take_in, name="take-in"),
    path("<int:pk>/sittings/<int:sitting>/leave/", plans.leave_out, name="leave-out"),
    path(
        "<int:pk>/sessions/<int:session>/leave/", plans.leave_out_session, name="leave-out-session"
    ),
    path("<int:pk>/questions/", plans.ask, name="ask"),
    path("<int:pk>/questions/<int:question>/", plans.reply, name="reply"),
    path("<int:pk>/move/<str:name>/", plans.move, name="move"),
]
