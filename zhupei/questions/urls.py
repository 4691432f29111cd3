from django.urls import path

from zhupei.questions import views

app_name = "questions"
urlpatterns = [
    path("", views.index, name="index"),
    path("template.xlsx", views.template, name="template"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/items/", views.items, name="items"),
    path("<int:pk>/import/<uuid:file>/", views.rehearsal, name="rehearsal"),
    path("<int:pk>/import/<uuid:file>/take-in/", views.take_in, name="take-in"),
    path("<int:pk>/import/<uuid:file>/corrected.xlsx", views.corrected, name="corrected"),
    path("<int:pk>/<slug:name>/", views.move, name="move"),
]
