from django.urls import path

from zhupei.filings.views import filing, lists

app_name = "filings"
urlpatterns = [
    path("", lists.index, name="index"),
    path("copies/", lists.copies, name="copies"),
    path("draft/", filing.draft, name="draft"),
    path("<int:pk>/", filing.detail, name="detail"),
    path("<int:pk>/edit/", filing.edit, name="edit"),
    path("<int:pk>/return/", filing.send_back, name="send_back"),
    path("<int:pk>/papers/", filing.attach, name="attach"),
    path("papers/<int:pk>/", filing.paper, name="paper"),
    path("papers/<int:pk>/remove/", filing.remove, name="remove"),
    path("<int:pk>/<slug:name>/", filing.move, name="move"),
]
