from django.urls import path

from zhupei.credit.views import public

app_name = "public-credit"
urlpatterns = [path("", public.index, name="index")]
