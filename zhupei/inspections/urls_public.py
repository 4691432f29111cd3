from django.urls import path

from zhupei.inspections.views import public

app_name = "draws"
urlpatterns = [
    path("", public.index, name="index"),
    path("items/", public.items, name="items"),
    path("verify_draw.py", public.script, name="script"),
    path("<str:number>/", public.detail, name="detail"),
    path("<str:number>/draw.json", public.as_json, name="json"),
    path("<str:number>/draw.zip", public.as_zip, name="zip"),
    path("<str:number>/<int:place>/", public.result, name="result"),
]
