"""Reading logs, evidence, checks and books."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Lesson, LessonKind, TrainingClass
from zhupei.core.upload_field import LargeFileField
from zhupei.syllabus.models import Textbook
from zhupei.teachers.models import Teacher
from zhupei.teaching.models import Held, LessonLog, TeachingCheck, Verdict


class LogForm(forms.ModelForm[LessonLog]):
    """The log of a lesson; what belongs to practice is asked of practice lessons only."""

    briefed = forms.NullBooleanField(
        label=_("操作前讲过安全"),
        required=False,
        widget=forms.RadioSelect(choices=[("true", _("讲过")), ("false", _("没有讲"))]),
    )

    class Meta:
        model = LessonLog
        fields = [
            "held", "content", "taught_by", "note", "batches", "stations_used", "briefed",
            "materials",
        ]  # fmt: skip
        widgets = {
            "held": forms.RadioSelect,
            "content": forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
            "note": forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
            "materials": forms.Textarea(attrs={"rows": 2, "maxlength": 1000}),
        }
        help_texts = {
            "content": _("已按课表填好，没有出入不用改"),
            "taught_by": _("有人代课时才改"),
            "note": _("例如：停电改到下午；王老师生病，李老师代课"),
        }

    def __init__(self, lesson: Lesson, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        engaged = Teacher.objects.engaged_by(lesson.training_class.organization)
        self.fields["taught_by"].queryset = engaged.select_related("person")  # type: ignore[attr-defined]
        self.fields["held"].choices = Held.choices  # type: ignore[attr-defined]  # no blank one
        if lesson.kind != LessonKind.PRACTICE:
            for name in ("batches", "stations_used", "briefed", "materials"):
                del self.fields[name]

    def _post_clean(self) -> None:
        """What may be is said by the action, with what to do."""


class EvidenceForm(forms.Form):
    """One piece of evidence; a large one comes in parts."""

    file = LargeFileField(
        label=_("照片、录像或文件"),
        help_text=_("照片和文件直接传；录像可以很大，断了网会接着传"),
        error_messages={"required": _("请先选择文件。")},
    )
    lesson = forms.ModelChoiceField(
        Lesson.objects.none(), label=_("哪一节课"), required=False, empty_label=_("不限于哪一节")
    )
    caption = forms.CharField(label=_("说明"), required=False, max_length=200)

    def __init__(self, training_class: TrainingClass, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        begun = training_class.lessons.filter(starts_at__lte=timezone.now())
        self.fields["lesson"].queryset = begun.select_related("unit")  # type: ignore[attr-defined]
        self.fields["file"].widget.attrs["accept"] = "image/*,video/*,audio/*,.pdf,.docx,.xlsx"


class CheckForm(forms.ModelForm[TeachingCheck]):
    class Meta:
        model = TeachingCheck
        fields = ["checked_on", "lesson", "verdict", "found"]
        widgets = {
            "checked_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "verdict": forms.RadioSelect,
            "found": forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        }

    def __init__(self, training_class: TrainingClass, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lessons = training_class.lessons.select_related("unit")
        self.fields["lesson"].queryset = lessons  # type: ignore[attr-defined]
        self.fields["lesson"].empty_label = _("不限于哪一节")  # type: ignore[attr-defined]
        self.fields["verdict"].choices = Verdict.choices  # type: ignore[attr-defined]


class BookForm(forms.Form):
    """A textbook from the region's list, for this job."""

    textbook = forms.ModelChoiceField(Textbook.objects.none(), label=_("教材"))

    def __init__(self, training_class: TrainingClass, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = Textbook.objects.approved().filter(jobs=training_class.syllabus.job_id)
        rest = fitting.exclude(pk__in=training_class.books.values("textbook"))
        self.fields["textbook"].queryset = rest  # type: ignore[attr-defined]
