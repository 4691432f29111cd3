"""Reading input about classes: shapes and widgets. What may be is in the actions."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import words
from zhupei.classes.models import DocumentKind, Lesson, LessonKind, State, TrainingClass
from zhupei.institutions.models import Room
from zhupei.organizations.models import Division, Level, Organization
from zhupei.people.models import User
from zhupei.syllabus.models import Job, Syllabus, Unit
from zhupei.teachers.models import Teacher

DATE = {"type": "date"}
SHORTEST_PHONE = 7  # digits of a local number
PHONE_LETTERS = set("0123456789+-()（）/、 转")
TIME = {"type": "time", "step": "300"}


class ClassFilters(forms.Form):
    """What stands in the address of the list."""

    q = forms.CharField(label=_("班级、编号或机构"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *State.choices]
    )
    job = forms.ModelChoiceField(
        Job.objects.order_by("code"), label=_("岗位工种"), required=False, empty_label=_("全部")
    )


PLAN_GROUPS = (
    ("title",),
    ("syllabus", "division"),
    ("starts_on", "ends_on"),
    ("seats", "room"),
    ("contact_phone",),
    ("practice_scheme",),
)


class _Division(forms.ModelChoiceField[Division]):
    def label_from_instance(self, division: Any) -> str:
        return f"{division.parent.short_name} {division.name}"


class PlanForm(forms.ModelForm[TrainingClass]):
    """What a class plan says, its timetable apart."""

    seats = forms.IntegerField(
        label=_("计划人数（1–200）"),
        min_value=1,
        max_value=200,
        error_messages=dict.fromkeys(
            ("min_value", "max_value"), _("计划人数应在 1 到 200 之间。请改正人数或分班。")
        ),
    )
    division = _Division(Division.objects.none(), label=_("办学县市"))

    class Meta:
        model = TrainingClass
        fields = [
            "title",
            "syllabus",
            "division",
            "starts_on",
            "ends_on",
            "seats",
            "room",
            "contact_phone",
            "practice_scheme",
        ]
        widgets = {
            "title": forms.TextInput,
            "starts_on": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "contact_phone": forms.TextInput(attrs={"type": "tel"}),
            "practice_scheme": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "title": _("例如：土建施工员 2026 年第 3 期"),
            "room": _("本机构登记的场地；课程表里每节课可以另选"),
            "contact_phone": _("在公开目录里给想报名的人看"),
            "practice_scheme": _(
                "大纲有实操学时的班级要有：场地、分组、带队教师、安全措施。也可以作为附件上传"
            ),
        }

    def __init__(self, *args: Any, organization: Organization, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        syllabi = Syllabus.objects.visible_to(user).in_force_or(self.instance.syllabus_id)
        fields["syllabus"].queryset = syllabi.select_related("job")
        fields["room"].queryset = Room.objects.visible_to(user).filter(organization=organization)
        counties = Division.objects.on(timezone.localdate()).filter(level=Level.COUNTY)
        fields["division"].queryset = counties.select_related("parent").order_by("code")
        for name, article in {"syllabus": "第八条", "practice_scheme": "第十二条"}.items():
            fields[name].law = article

    def groups(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        return [[self[name] for name in names] for names in PLAN_GROUPS]

    def clean_contact_phone(self) -> str:
        """Strangers ring it: a number, however it is parted, with an extension or without."""
        phone: str = self.cleaned_data["contact_phone"]
        digits = sum(letter.isdigit() for letter in phone)
        if digits < SHORTEST_PHONE or set(phone) - PHONE_LETTERS:
            raise forms.ValidationError(
                _("这不像电话号码。请填写手机号，或者带区号的固定电话，例如 0994-2200000。")
            )
        return phone

    def clean_ends_on(self) -> Any:
        """The message belongs beside the later of the two dates."""
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data["ends_on"]
        if first and last < first:
            raise forms.ValidationError(_("结课日期早于开课日期，请检查两个日期。"))
        return last


class CopyForm(forms.Form):
    """Which class the next one is like, how it is called, and when it begins."""

    source = forms.ModelChoiceField(
        TrainingClass.objects.none(), label=_("照搬哪一期"), empty_label=None
    )
    title = forms.CharField(label=_("新班名称"), max_length=200)
    starts_on = forms.DateField(
        label=_("开课日期"),
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("课按原来的星期几顺次排下去，法定节假日跳过"),
    )

    def __init__(self, *args: Any, classes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["source"].queryset = classes.order_by("-starts_on", "-pk")


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=DocumentKind)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("单元"),
        required=False,
        empty_label=_("不分单元"),
        help_text=_("教案按单元各传一份，审核人好找"),
    )
    file = forms.FileField(
        label=_("文件（至多 50 MB）"), help_text=_("PDF、图片或 Office 文档"), allow_empty_file=True
    )

    def __init__(self, *args: Any, training_class: TrainingClass, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].queryset = training_class.syllabus.units.all()


class RosterForm(forms.Form):
    file = forms.FileField(
        label=_("名单文件（至多 5 MB）"),
        help_text=_("Excel、WPS 或 CSV；要有“姓名”和“身份证号”两列"),
        allow_empty_file=True,
    )


class ReasonForm(forms.Form):
    """One reason to send a plan back, attached to a field of it."""

    field = forms.ChoiceField(
        label=_("哪一项"), choices=[("", _("选择一项")), *words.FIELDS.items()]
    )
    text = forms.CharField(label=_("哪里不符，怎样改"), widget=forms.Textarea(attrs={"rows": 2}))
    law = forms.CharField(label=_("依据"), required=False)


ReasonFormSet = forms.formset_factory(ReasonForm, extra=4)


class Parts:
    """What a lesson may be made of, read once for all rows of a timetable."""

    def __init__(self, training_class: TrainingClass, user: User) -> None:
        owner = training_class.organization
        engaged = Teacher.objects.visible_to(user).engaged_by(owner).select_related("person")
        own = Room.objects.visible_to(user).filter(organization=owner)
        self.units: dict[str, Unit] = _by_key(training_class.syllabus.units.all())
        self.teachers: dict[str, Teacher] = _by_key(engaged)
        self.rooms: dict[str, Room] = _by_key(own)


def _by_key(rows: Iterable[Any]) -> dict[str, Any]:
    return {str(row.pk): row for row in rows}


def _choices(rows: dict[str, Any]) -> list[tuple[str, str]]:
    return [("", "—"), *((key, str(row)) for key, row in rows.items())]


class LessonForm(forms.Form):
    """One row of the timetable."""

    day = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("开始"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    ends = forms.TimeField(label=_("结束"), widget=forms.TimeInput(attrs=TIME, format="%H:%M"))
    unit = forms.ChoiceField(label=_("单元"))
    kind = forms.ChoiceField(label=_("方式"), choices=LessonKind, initial=LessonKind.THEORY)
    teacher = forms.ChoiceField(label=_("教师"))
    room = forms.ChoiceField(label=_("地点"))

    def __init__(self, *args: Any, parts: Parts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        fields: Any = self.fields
        fields["unit"].choices = _choices(parts.units)
        fields["teacher"].choices = _choices(parts.teachers)
        fields["room"].choices = _choices(parts.rooms)
        for name, field in fields.items():
            field.widget.attrs["class"] = "input"
            field.widget.attrs["aria-label"] = field.label
            field.widget.attrs["data-field"] = name

    def clean_ends(self) -> Any:
        ends = self.cleaned_data["ends"]
        starts = self.cleaned_data.get("starts")
        if starts and ends <= starts:
            raise forms.ValidationError(_("结束时间不晚于开始时间。"))
        return ends

    def lesson(self) -> dict[str, Any]:
        """The row as the fields of a lesson."""
        said = self.cleaned_data
        return {
            "unit": self.parts.units[said["unit"]],
            "kind": said["kind"],
            "starts_at": timezone.make_aware(datetime.combine(said["day"], said["starts"])),
            "ends_at": timezone.make_aware(datetime.combine(said["day"], said["ends"])),
            "teacher": self.parts.teachers[said["teacher"]],
            "room": self.parts.rooms[said["room"]],
        }


def row_of(lesson: Lesson) -> dict[str, Any]:
    """A lesson as the first values of a row."""
    start, end = timezone.localtime(lesson.starts_at), timezone.localtime(lesson.ends_at)
    return {
        "day": start.date(),
        "starts": start.time(),
        "ends": end.time(),
        "unit": str(lesson.unit_id),
        "kind": lesson.kind,
        "teacher": str(lesson.teacher_id),
        "room": str(lesson.room_id),
    }


class RescheduleForm(LessonForm):
    """One lesson at another time, in another room or with another teacher, and why."""

    note = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("学员、教师和住建局会看到"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "kind"):  # what is taught stays as it was approved
            del self.fields[name]

    def slot(self) -> dict[str, Any]:
        """When, where and with whom."""
        said = self.cleaned_data
        return {
            "teacher": self.parts.teachers[said["teacher"]],
            "room": self.parts.rooms[said["room"]],
            "starts_at": timezone.make_aware(datetime.combine(said["day"], said["starts"])),
            "ends_at": timezone.make_aware(datetime.combine(said["day"], said["ends"])),
        }


class _LessonRows(forms.BaseFormSet[LessonForm]):
    """The rows of one week; a row at the same time as another one says so."""

    def clean(self) -> None:
        if any(self.errors):
            return
        seen: list[tuple[dict[str, Any], LessonForm]] = []
        for form in self.filled():
            lesson = form.lesson()
            for other, _form in seen:
                if _overlap(lesson, other):
                    form.add_error("starts", _("与同一个班的另一节课重叠，请错开时间。"))
            seen.append((lesson, form))

    def filled(self) -> list[LessonForm]:
        """The rows that say something and are not to be deleted."""
        gone = self.deleted_forms
        return [form for form in self.forms if form not in gone and form.cleaned_data]

    def lessons(self) -> list[dict[str, Any]]:
        return [form.lesson() for form in self.filled()]


def _overlap(first: dict[str, Any], second: dict[str, Any]) -> bool:
    return bool(first["starts_at"] < second["ends_at"] and second["starts_at"] < first["ends_at"])


WEEK = timedelta(days=6)
EMPTY_ROWS = 3
LessonFormSet = forms.formset_factory(
    LessonForm, formset=_LessonRows, extra=EMPTY_ROWS, can_delete=True, max_num=200
)

WEEKDAYS: Sequence[tuple[str, Any]] = [
    ("0", _("周一")),
    ("1", _("周二")),
    ("2", _("周三")),
    ("3", _("周四")),
    ("4", _("周五")),
    ("5", _("周六")),
    ("6", _("周日")),
]


class WishesForm(forms.Form):
    """How a timetable shall be laid out from the syllabus."""

    first_day = forms.DateField(
        label=_("从哪天开始"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d")
    )
    daily_hours = forms.IntegerField(
        label=_("每天学时（1–8）"), min_value=1, max_value=8, initial=8
    )
    morning = forms.TimeField(
        label=_("上午开始（北京时间）"),
        initial="10:00",
        widget=forms.TimeInput(attrs=TIME, format="%H:%M"),
    )
    afternoon = forms.TimeField(
        label=_("下午开始（北京时间）"),
        initial="16:00",
        widget=forms.TimeInput(attrs=TIME, format="%H:%M"),
    )
    weekdays = forms.MultipleChoiceField(
        label=_("每周上课日"),
        choices=WEEKDAYS,
        initial=["0", "1", "2", "3", "4"],
        widget=forms.CheckboxSelectMultiple,
    )
    holidays_off = forms.BooleanField(label=_("法定节假日不排课"), required=False, initial=True)
    teacher = forms.ChoiceField(label=_("理论教师"))
    room = forms.ChoiceField(label=_("理论地点"))
    practice_teacher = forms.ChoiceField(label=_("实操教师"))
    practice_room = forms.ChoiceField(label=_("实操地点"))

    def __init__(self, *args: Any, parts: Parts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        fields: Any = self.fields
        for name in ("teacher", "practice_teacher"):
            fields[name].choices = _choices(parts.teachers)
        for name in ("room", "practice_room"):
            fields[name].choices = _choices(parts.rooms)

    def single(self) -> list[forms.BoundField]:
        """All fields but the days of the week, which stand in a row."""
        return [field for field in self if field.name not in ("weekdays", "holidays_off")]

    def clean_afternoon(self) -> Any:
        """Four hours in the morning are over before the afternoon begins."""
        afternoon, morning = self.cleaned_data["afternoon"], self.cleaned_data.get("morning")
        hours = min(self.cleaned_data.get("daily_hours") or 0, 4)
        if morning and afternoon < _later(morning, hours):
            raise forms.ValidationError(_("上午 4 学时还没有上完。请把下午开始时间改晚。"))
        return afternoon

    def wishes(self) -> dict[str, Any]:
        said = self.cleaned_data
        teachers, rooms = self.parts.teachers, self.parts.rooms
        return said | {
            "weekdays": frozenset(int(day) for day in said["weekdays"]),
            "teacher": teachers[said["teacher"]],
            "practice_teacher": teachers[said["practice_teacher"]],
            "room": rooms[said["room"]],
            "practice_room": rooms[said["practice_room"]],
        }


def _later(start: Any, hours: int) -> Any:
    moment = datetime.combine(timezone.localdate(), start) + timedelta(minutes=45 * hours)
    return moment.time()
