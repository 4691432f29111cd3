from django.urls import path

from zhupei.organizations.views import (
    identities,
    interests,
    members,
    messages,
    parameters,
    register,
)

app_name = "organizations"
urlpatterns = [
    path("", register.index, name="index"),
    path("register/", register.register, name="register"),
    path("act-as/", members.switch, name="switch"),
    path("members/", members.members, name="members"),
    path("<int:pk>/members/", members.members, name="members-of"),
    path("<int:pk>/members/add/", members.add, name="add-member"),
    path("members/<int:pk>/", members.member, name="member"),
    path("members/<int:pk>/end/", members.end, name="end-member"),
    path("members/<int:pk>/link/", members.send_link, name="send-link"),
    path("members/<int:pk>/again/", members.again, name="appoint-again"),
    path("members/<int:pk>/phone/", members.change_phone, name="change-phone"),
    path("interests/", interests.mine, name="interests"),
    path("members/<int:pk>/interests/", interests.of_member, name="member-interests"),
    path("members/<int:pk>/interests/<int:tie>/", interests.end, name="end-interest"),
    path("identities/", identities.identities, name="identities"),
    path("identities/mergers/", identities.mergers, name="mergers"),
    path("identities/mergers/<int:pk>/evidence/", identities.evidence, name="merger-evidence"),
    path("identities/<int:first>/<int:second>/", identities.pair, name="identity-pair"),
    path("identities/<int:first>/<int:second>/apart/", identities.apart, name="identity-apart"),
    path("parameters/", parameters.parameter_list, name="parameters"),
    path("wordings/", messages.wording_list, name="wordings"),
    path("wordings/<str:key>/", messages.wording, name="wording"),
    path("deliveries/<slug:channel>/", messages.deliveries, name="deliveries"),
    path("deliveries/<slug:channel>/again/", messages.send_all_again, name="send-all-again"),
    path("deliveries/<slug:channel>/<int:pk>/again/", messages.send_again, name="send-again"),
    path("parameters/<str:key>/", parameters.parameter, name="parameter"),
    path("parameters/<str:key>/<int:pk>/withdraw/", parameters.withdraw, name="parameter-withdraw"),
]
