from django.urls import path

from zhupei.core.offline import worker
from zhupei.inspections.views import checks, draws, filling, lists, plans, preparing, seeds

app_name = "inspections"
urlpatterns = [
    path("", draws.index, name="index"),
    path("sw.js", worker, name="worker"),
    path("draft/", preparing.draft, name="draft"),
    path("<int:pk>/", draws.detail, name="draw"),
    path("<int:pk>/people/", draws.people, name="people"),
    path("<int:pk>/objects/", draws.objects, name="objects"),
    path("<int:pk>/texts/<slug:kind>/", draws.text, name="text"),
    path("<int:pk>/edit/", preparing.edit, name="edit"),
    path("<int:pk>/events/", preparing.name_event, name="name-event"),
    path("<int:pk>/commitments/", preparing.commit, name="commit"),
    path("<int:pk>/inputs/<int:place>/remove/", preparing.remove_input, name="remove-input"),
    path("<int:pk>/inputs/<int:place>/", seeds.value, name="value"),
    path("<int:pk>/freeze/", preparing.freeze, name="freeze"),
    path("<int:pk>/publish/", preparing.publish_signed, name="publish-signed"),
    path("lists/", lists.index, name="lists"),
    path("lists/draft/", lists.draft, name="draft-list"),
    path("lists/<int:pk>/", lists.detail, name="list"),
    path("lists/<int:pk>/publish/", lists.publish, name="publish-list"),
    path("lists/items/<int:pk>/", lists.item, name="item"),
    path("lists/items/<int:pk>/remove/", lists.remove_item, name="remove-item"),
    path("plans/", plans.index, name="plans"),
    path("plans/<int:pk>/", plans.detail, name="plan"),
    path("plans/<int:pk>/publish/", plans.publish, name="publish-plan"),
    path("plans/rows/<int:pk>/remove/", plans.remove_row, name="remove-row"),
    path("checks/", checks.index, name="checks"),
    path("checks/<int:pk>/", checks.detail, name="inspection"),
    path("checks/<int:pk>/answer/", filling.answer, name="answer"),
    path("checks/<int:pk>/sync/", filling.sync, name="sync"),
    path("checks/pictures/<int:pk>/", checks.picture, name="picture"),
    path("checks/<int:pk>/sign/", checks.sign, name="sign"),
    path("checks/<int:pk>/reopen/", checks.reopen, name="reopen"),
    path("checks/<int:pk>/publish/", checks.publish, name="publish"),
    path("checks/<int:pk>/replace/<int:place>/", checks.replace, name="replace"),
    path("<int:pk>/<slug:name>/", preparing.move, name="move"),
]
