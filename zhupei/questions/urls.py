from django.urls import path

from zhupei.questions.views import cases, coverage, exchange, items, pairs, reviewing, sets, writing

app_name = "questions"
urlpatterns = [
    path("", sets.index, name="index"),
    path("template.xlsx", exchange.template, name="template"),
    path("queue/", reviewing.queue, name="queue"),
    path("queue/sheet/", reviewing.sheet, name="sheet"),
    path("mine/", items.mine, name="mine"),
    path("opinions/<int:pk>/", reviewing.opinion, name="opinion"),
    path("opinions/<int:pk>/reassign/", reviewing.reassign, name="reassign"),
    path("items/<int:pk>/", items.item, name="item"),
    path("items/<int:pk>/edit/", writing.edit, name="edit"),
    path("items/<int:pk>/difference/<int:old>/<int:new>/", items.difference, name="difference"),
    path("items/<int:pk>/<slug:name>/", items.move, name="item-move"),
    path("pictures/<int:pk>/", items.picture, name="picture"),
    path("pictures/unsaved/<str:token>/", items.unsaved_picture, name="unsaved-picture"),
    path("pairs/<int:pk>/judge/", pairs.judge, name="judge"),
    path("keyholders/<int:pk>/<slug:name>/", sets.move_keyholder, name="keyholder"),
    path("cases/<int:pk>/", cases.case, name="case"),
    path("cases/<int:pk>/give-up/", cases.give_up, name="give-up-case"),
    path("cases/<int:pk>/edit/", cases.edit, name="edit-case"),
    path("<int:pk>/", sets.detail, name="detail"),
    path("<int:pk>/items/", items.items, name="items"),
    path("<int:pk>/items/new/", writing.new, name="new"),
    path("<int:pk>/items/preview/", writing.preview, name="preview"),
    path("<int:pk>/cases/new/", cases.new, name="new-case"),
    path("<int:pk>/coverage/", coverage.coverage, name="coverage"),
    path("<int:pk>/pairs/", pairs.pairs, name="pairs"),
    path("<int:pk>/submit-all/", sets.submit_all, name="submit-all"),
    path("<int:pk>/name/", sets.name, name="name"),
    path("<int:pk>/exchange/", exchange.choose, name="exchange"),
    path("<int:pk>/exchange/export/", exchange.hand_out, name="export"),
    path("<int:pk>/exchange/origin/", exchange.origin, name="origin"),
    path("<int:pk>/import/<uuid:file>/", exchange.rehearsal, name="rehearsal"),
    path("<int:pk>/import/<uuid:file>/importing/", exchange.importing, name="importing"),
    path("<int:pk>/import/<uuid:file>/take-in/", exchange.take_in, name="take-in"),
    path("<int:pk>/import/<uuid:file>/corrected.xlsx", exchange.corrected, name="corrected"),
    path(
        "<int:pk>/import/<uuid:file>/corrected.txt", exchange.corrected_text, name="corrected-text"
    ),
    path("<int:pk>/<slug:name>/", sets.move, name="move"),
]
