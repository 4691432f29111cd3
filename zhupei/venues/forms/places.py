"""Reading what is typed about sites, rooms and seats."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import value
from zhupei.organizations.models import Division, Level
from zhupei.venues.actions.seats import MOST
from zhupei.venues.models import ExamRoom, Seat, Site
from zhupei.venues.parameters import ONE_SPARE_IN, SEATS_A_ROOM
from zhupei.venues.rules import Layout
from zhupei.venues.sentences import CHECKLIST


class _County(forms.ModelChoiceField[Division]):
    def label_from_instance(self, division: Any) -> str:
        return f"{division.parent.short_name} {division.name}"


class SiteForm(forms.ModelForm[Site]):
    division = _County(
        Division.objects.none(),
        label=_("所在县市"),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择考点在哪个县市。")},
    )

    class Meta:
        model = Site
        fields = [
            "name",
            "division",
            "address",
            "directions",
            "contact",
            "contact_phone",
            "accessibility",
        ]
        widgets = {
            "name": forms.TextInput,
            "address": forms.TextInput,
            "directions": forms.Textarea(attrs={"rows": 2}),
            "contact": forms.TextInput,
            "contact_phone": forms.TextInput(attrs={"type": "tel"}),
            "accessibility": forms.TextInput,
        }
        help_texts = {
            "address": _("街道、门牌号；印在准考证上"),
            "directions": _("公交、停车、从哪个门进；印在准考证上"),
            "accessibility": _("坡道、电梯、无障碍厕所"),
        }

    def __init__(self, *args: Any, prefecture: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        counties = Division.objects.on(timezone.localdate()).filter(
            level=Level.COUNTY, parent__level=Level.PREFECTURE
        )
        if prefecture:
            counties = counties.filter(parent=prefecture)
        fields["division"].queryset = counties.select_related("parent").order_by("code")


class SiteFilters(forms.Form):
    q = forms.CharField(label=_("考点名称或地址"), required=False)
    closed = forms.BooleanField(label=_("含已停用的"), required=False)


class CloseSiteForm(forms.Form):
    on = forms.DateField(
        label=_("停用日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    note = forms.CharField(label=_("原因"), widget=forms.Textarea(attrs={"rows": 2}))


class RoomForm(forms.ModelForm[ExamRoom]):
    """A room of the body becomes an examination room of a site."""

    class Meta:
        model = ExamRoom
        fields = ["room", "front", "spacing"]
        widgets = {"front": forms.TextInput, "spacing": forms.TextInput}
        help_texts = {
            "front": _("例如：讲台在北墙，入口在东南角"),
            "spacing": _("例如：左右 100 cm，前后 90 cm，单人单桌"),
        }

    def __init__(self, *args: Any, rooms: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["room"]
        field.queryset = rooms
        field.label = _("场地")
        field.empty_label = _("请选择")
        field.help_text = _("先在“机构 › 场地”里登记，再在这里设为考场")


class LayoutForm(forms.Form):
    """Rows and columns of a room."""

    rows = forms.IntegerField(label=_("排数（1–%(most)d）") % {"most": MOST}, min_value=1)
    columns = forms.IntegerField(label=_("每排座位（1–%(most)d）") % {"most": MOST}, min_value=1)
    spares = forms.IntegerField(label=_("备用座位"), min_value=0, required=False)
    snake = forms.BooleanField(label=_("座位号蛇形排列（下一排反向）"), required=False)
    machines = forms.CharField(
        label=_("机器编号前缀"),
        required=False,
        max_length=12,
        help_text=_("填 PC- 会编成 PC-01、PC-02……；不用机器的考场留空"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {"one_in": value(ONE_SPARE_IN), "most": value(SEATS_A_ROOM)}
        self.fields["spares"].help_text = _("每 %(one_in)s 台考试机配 1 台备用机") % said
        self.fields["columns"].help_text = _("一个考场至多 %(most)s 个座位，含备用") % said

    def layout(self) -> Layout:
        said = self.cleaned_data
        return Layout(
            said["rows"],
            said["columns"],
            spares=said["spares"] or 0,
            snake=said["snake"],
            prefix=said["machines"],
        )


class SeatForm(forms.ModelForm[Seat]):
    class Meta:
        model = Seat
        fields = ["number", "machine", "asset_tag", "note"]
        widgets = dict.fromkeys(["machine", "asset_tag", "note"], forms.TextInput)
        error_messages = {"number": {"required": _("请写座位号。")}}


class CheckForm(forms.Form):
    """The check before the day; the machines are ticked beside it."""

    done = forms.MultipleChoiceField(
        label=_("检查项目"),
        choices=list(CHECKLIST.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=_("说明"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("有没打勾的项目时必须写"),
    )
