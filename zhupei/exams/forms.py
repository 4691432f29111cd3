"""Reading what an examiner types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.exams.actions.invigilators import available
from zhupei.exams.models import Plan, Sitting, SittingQuerySet, State
from zhupei.institutions.models import Room
from zhupei.organizations.models import Division, Membership, Organization
from zhupei.papers.models import Blueprint
from zhupei.people.models import User
from zhupei.venues.models import Seat


class BlueprintField(forms.ModelChoiceField[Blueprint]):
    """A blueprint is chosen by its job, because the job of the sitting follows from it."""

    def label_from_instance(self, obj: Blueprint) -> str:
        return f"{obj.subject}　{obj.title}"


class RoomField(forms.ModelChoiceField[Room]):
    def label_from_instance(self, obj: Room) -> str:
        return _("%(room)s（%(seats)d 座）") % {"room": obj.name, "seats": obj.seats}


class SittingForm(forms.ModelForm[Sitting]):
    """The plan of a sitting. ``prefecture`` is asked only of bodies that work everywhere."""

    blueprint = BlueprintField(
        label=_("细目表（岗位、题数和分值由细目表决定）"),
        queryset=Blueprint.objects.none(),
        help_text=_("只列出厅里已发布的细目表。"),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择细目表。")},
    )
    room = RoomField(
        label=_("考场"),
        queryset=Room.objects.none(),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择考场。")},
    )
    starts_at = forms.DateTimeField(
        label=_("开考时间（北京时间）"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("请选择开考的日期和时间。")},
    )

    class Meta:
        model = Sitting
        fields = [
            "title",
            "prefecture",
            "blueprint",
            "room",
            "more_rooms",
            "starts_at",
            "minutes",
            "forms",
        ]
        labels = {
            "prefecture": _("地州市"),
            "minutes": _("考试时长（5 到 300 分钟）"),
            "forms": _("平行卷份数（相邻座位用不同的卷，1 到 8 份）"),
        }
        widgets = {"title": forms.TextInput(), "more_rooms": forms.CheckboxSelectMultiple()}
        help_texts = {"more_rooms": _("一场同时用几个考场时选；考生按座位数分到各考场")}
        error_messages = {
            "title": {"required": _("请写场次名称，考生和住建局都会看到。")},
            "prefecture": {"required": _("请选择地州市。")},
            "minutes": {"required": _("请写考试时长，单位是分钟。")},
            "forms": {"required": _("请写要几份平行卷。")},
        }

    def __init__(
        self,
        organization: Organization,
        user: User,
        *args: Any,
        plan: Plan | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.of = plan
        usable = Blueprint.objects.visible_to(user).published().select_related("job")
        self.fields["blueprint"].queryset = usable  # type: ignore[attr-defined]
        rooms = Room.objects.visible_to(user).filter(organization=organization)
        examined_in = rooms.in_use().filter(exam_room__isnull=False).order_by("name")
        for name in ("room", "more_rooms"):
            self.fields[name].queryset = examined_in  # type: ignore[attr-defined]
        if not examined_in:
            self.fields["room"].help_text = _("还没有考场。请先到“考点”里设置考场，生成座位图。")
        if organization.prefecture_id or plan:
            del self.fields["prefecture"]
        else:
            everywhere = Division.objects.prefectures()
            self.fields["prefecture"].queryset = everywhere  # type: ignore[attr-defined]

    def plan(self) -> dict[str, Any]:
        """The fields of a sitting; its job is that of the blueprint."""
        said = self.cleaned_data | {"job": self.cleaned_data["blueprint"].job}
        return said | {"plan": self.of} if self.of else said


class SeatField(forms.ModelChoiceField[Seat]):
    def label_from_instance(self, obj: Seat) -> str:
        words = _("%(room)s %(number)s 号（备用）") if obj.spare else _("%(room)s %(number)s 号")
        return str(words) % {"room": obj.room, "number": obj.number}


class ReseatForm(forms.Form):
    """Where to, and why."""

    place = SeatField(
        Seat.objects.none(),
        label=_("换到"),
        empty_label=_("请选择"),
        help_text=_("备用座位在前；试卷跟人走，已答的题都在"),
        error_messages={"required": _("请选择座位。")},
    )
    note = forms.CharField(
        label=_("原因"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明换座位的原因。")},
    )

    def __init__(self, places: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class MemberField(forms.ModelChoiceField[Membership]):
    def label_from_instance(self, obj: Membership) -> str:
        said = {"name": obj.user, "body": obj.organization, "role": obj.get_role_display()}
        return _("%(name)s　%(role)s　%(body)s") % said


class CallForm(forms.Form):
    """Whom to call, to which room."""

    member = MemberField(
        Membership.objects.none(),
        label=_("监考员"),
        empty_label=_("请选择"),
        help_text=_("本机构和其他考核机构当天在任的监考员、考评员"),
        error_messages={"required": _("请选择监考员。")},
    )
    room = forms.ModelChoiceField(
        Room.objects.none(), label=_("考场"), required=False, empty_label=_("主考场")
    )
    chief = forms.BooleanField(label=_("主监考"), required=False)

    def __init__(self, sitting: Sitting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        called = sitting.invigilators.called().values("user")
        fields["member"].queryset = available(sitting).exclude(user__in=called)
        rooms = sitting.more_rooms.order_by("name")
        fields["room"].queryset = rooms
        if not rooms:
            del fields["room"]


class QuestionForm(forms.Form):
    """What the bureau asks."""

    text = forms.CharField(
        label=_("询问"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写要问什么。")},
    )


class SittingFilters(forms.Form):
    """What a list of sittings is narrowed by; it stands in the address."""

    q = forms.CharField(label=_("查找"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *State.choices]
    )
    since = forms.DateField(
        label=_("开考不早于"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def narrow(self, sittings: SittingQuerySet) -> SittingQuerySet:
        """An unreadable filter is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("q"):
            sittings = sittings.matching(chosen["q"])
        if chosen.get("state"):
            sittings = sittings.filter(state=chosen["state"])
        if chosen.get("since"):
            sittings = sittings.filter(starts_at__date__gte=chosen["since"])
        return sittings


class CarriedForm(forms.Form):
    """The file a candidate's machine wrote when no network would come."""

    file = forms.FileField(
        label=_("答卷文件"),
        help_text=_("考生电脑上“保存答卷文件”得到的 .zpa 文件，最大 4 MB。"),
        error_messages={"required": _("请选择答卷文件。"), "empty": _("这个文件是空的。")},
    )
