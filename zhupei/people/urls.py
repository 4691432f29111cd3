from django.urls import path

from zhupei.people import views

app_name = "people"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("reset/", views.reset, name="reset"),
    path("access/<str:token>/", views.access, name="access"),
    path("me/", views.me, name="me"),
    path("me/numbers/", views.reveal, name="reveal"),
    path("me/consents/<str:purpose>/", views.consent, name="consent"),
    path("me/consents/<str:purpose>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("demo/messages/", views.demo_messages, name="demo_messages"),
]
