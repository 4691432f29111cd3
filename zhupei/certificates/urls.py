from django.urls import path

from zhupei.certificates.views import bench

app_name = "certificates"
urlpatterns = [
    path("", bench.index, name="index"),
    path("export/", bench.export, name="export"),
    path("mine/", bench.mine, name="mine"),
    path("<int:pk>/", bench.detail, name="detail"),
    path("<int:pk>/pdf/", bench.pdf, name="pdf"),
    path("<int:pk>/revoke/", bench.revoke, name="revoke"),
    path("<int:pk>/print/", bench.print_again, name="print"),
    path("sittings/<int:pk>/issue/", bench.issue, name="issue"),
    path("sittings/<int:pk>/", bench.issuing, name="issuing"),
]
