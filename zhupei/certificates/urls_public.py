from django.urls import path

from zhupei.certificates.views import verify

app_name = "verify"
urlpatterns = [
    path("v/<str:code>/", verify.check, name="check"),
    path("verify/", verify.search, name="search"),
]
