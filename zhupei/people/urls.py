from django.urls import path

from zhupei.people import views, views_copies

app_name = "people"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("reset/", views.reset, name="reset"),
    path("access/<str:token>/", views.access, name="access"),
    path("me/", views.me, name="me"),
    path("me/numbers/", views.reveal, name="reveal"),
    path("me/consents/<str:purpose>/", views.consent, name="consent"),
    path("me/consents/<str:purpose>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("me/copies/", views_copies.copies, name="copies"),
    path("me/copies/stop/", views_copies.stop_copies, name="stop_copies"),
    path("me/copies/<str:token>/", views_copies.confirm_copies, name="confirm_copies"),
    path("demo/messages/", views.demo_messages, name="demo_messages"),
]
