"""Complaints as officers handle them, and what bodies are asked."""

from django.urls import path

from zhupei.complaints.views import counter, figures, inquiries, officers

app_name = "complaints"
urlpatterns = [
    path("", officers.index, name="index"),
    path("export/", officers.export, name="export"),
    path("figures/", figures.figures, name="figures"),
    path("channel/", figures.channel, name="channel"),
    path("take-down/", counter.take_down, name="take-down"),
    path("take-down/receipt/", counter.receipt, name="receipt"),
    path("<int:pk>/", officers.detail, name="detail"),
    path("<int:pk>/do/<str:name>/", officers.act, name="act"),
    path("<int:pk>/identity/", officers.show_identity, name="identity"),
    path("<int:pk>/papers/<int:attachment>/", officers.paper, name="paper"),
    path("inquiries/", inquiries.index, name="inquiries"),
    path("inquiries/<int:pk>/", inquiries.detail, name="inquiry"),
    path("inquiries/<int:pk>/answer/", inquiries.answer, name="answer"),
    path("inquiries/<int:pk>/papers/<int:paper>/", inquiries.paper, name="inquiry-paper"),
]
