"""Reading what people say of lists, plans, draws and inspections: shapes and widgets."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.inspections.actions.filling import LONGEST, Said
from zhupei.inspections.models import (
    DeedKind,
    Draw,
    DrawState,
    InspectionState,
    ListItem,
    Outcome,
    PlannedDraw,
    Severity,
    Target,
    Verdict,
)
from zhupei.organizations.models import AUTHORITIES, Division, Kind, Organization
from zhupei.syllabus.models import Job

DAY = {"type": "date"}
MOMENT = {"type": "datetime-local"}
ALL = ("", _("全部"))


class DrawFilters(forms.Form):
    """What stands in the address of the list of draws."""

    q = forms.CharField(label=_("名称或编号"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *DrawState.choices])
    target = forms.ChoiceField(label=_("对象"), required=False, choices=[ALL, *Target.choices])


class CheckFilters(forms.Form):
    """What stands in the address of the list of inspections."""

    q = forms.CharField(label=_("抽查对象"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[ALL, ("late", _("逾期")), *InspectionState.choices],
    )


class FrameFilters(forms.Form):
    """What is looked for in a frozen text."""

    q = forms.CharField(label=_("包含的字"), required=False)


class ItemForm(forms.ModelForm[ListItem]):
    """One thing to check."""

    class Meta:
        model = ListItem
        fields = ["code", "title", "target", "grip", "law", "method"]
        widgets = {
            "title": forms.TextInput,
            "law": forms.TextInput,
            "method": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "code": _("例如 1.2，同一版清单里不重复"),
            "grip": _("一般事项的抽查比例受限，重点事项不限"),
            "law": _("法律、法规或规章的条款"),
            "method": _("看什么、问谁、查哪份材料"),
        }


class PlanForm(forms.Form):
    """For which year."""

    year = forms.IntegerField(label=_("年度"), min_value=2020, max_value=2100)


class PlannedForm(forms.ModelForm[PlannedDraw]):
    """One draw of a plan; ``note`` for a plan that is published."""

    note = forms.CharField(
        label=_("为什么增加（会公开）"), widget=forms.Textarea(attrs={"rows": 2})
    )

    class Meta:
        model = PlannedDraw
        fields = ["title", "target", "grip", "month", "percent", "joint"]
        widgets = {"title": forms.TextInput}

    def __init__(self, *args: Any, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(n, _("%(month)d 月") % {"month": n}) for n in range(1, 13)]
        self.fields["month"] = forms.TypedChoiceField(
            label=_("计划月份"), choices=months, coerce=int
        )
        if not published:
            del self.fields["note"]


class _Bodies(forms.ModelMultipleChoiceField[Organization]):
    def label_from_instance(self, body: Any) -> str:
        return str(body.name)


class DrawForm(forms.ModelForm[Draw]):
    """What is drawn, how much of it, who goes."""

    items = forms.ModelMultipleChoiceField(
        ListItem.objects.none(),
        label=_("抽查事项"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一项。")},
    )
    bodies = _Bodies(
        Organization.objects.none(),
        label=_("从哪些单位的检查员中抽"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选一个单位。")},
    )
    prefecture = forms.ModelChoiceField(
        Division.objects.none(), label=_("地州市"), required=False, empty_label=_("全部")
    )
    job = forms.ModelChoiceField(
        Job.objects.none(), label=_("岗位或工种"), required=False, empty_label=_("全部")
    )

    class Meta:
        model = Draw
        fields = [
            "title",
            "outside_because",
            "again_because",
            "prefecture",
            "job",
            "since",
            "until",
            "percent",
            "items",
            "bodies",
            "housing_count",
            "hr_count",
            "check_by",
        ]
        widgets = {
            "title": forms.TextInput,
            "outside_because": forms.Textarea(attrs={"rows": 2}),
            "again_because": forms.Textarea(attrs={"rows": 2}),
            **{
                name: forms.DateInput(attrs=DAY, format="%Y-%m-%d")
                for name in ("since", "until", "check_by")
            },
        }
        help_texts = {
            "outside_because": _("会公开"),
            "again_because": _("会和前一次抽取一起公开"),
            "check_by": _("抽取后到这一天为止，检查员都要去过"),
            "hr_count": _("联合检查填 1 名以上，并在上面选人社部门"),
        }

    def __init__(
        self,
        *args: Any,
        authority: Organization,
        target: str,
        planned: PlannedDraw | None,
        items: Any,
        again: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["items"].queryset = items.about(target)
        fields["bodies"].queryset = bodies_for(authority)
        fields["job"].queryset = Job.objects.order_by("code")
        self._place(authority)
        if planned is not None:
            del fields["outside_because"]
        if not again:
            del fields["again_because"]
        if target == Target.INSTITUTION:
            del fields["since"], fields["until"]
        else:
            fields["since"].required = fields["until"].required = True
        for name, law in {"items": "第十四条", "hr_count": "第十四条"}.items():
            fields[name].law = law

    def _place(self, authority: Organization) -> None:
        fields: Any = self.fields
        if authority.kind == Kind.REGION_AUTHORITY:
            fields["prefecture"].queryset = Division.objects.prefectures()
        else:
            del fields["prefecture"]

    def clean_check_by(self) -> Any:
        day = self.cleaned_data["check_by"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("检查截止日期要在今天之后。"))
        return day

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = said.get("since"), said.get("until")
        if first and last and last < first:
            self.add_error("until", _("结束早于开始，请检查两个日期。"))
        people = (said.get("housing_count") or 0) + (said.get("hr_count") or 0)
        if people < 2:  # noqa: PLR2004 - two pairs of eyes
            self.add_error("housing_count", _("每个对象至少 2 名检查员。"))
        return said


def bodies_for(authority: Organization) -> Any:
    """Whose inspectors an authority may draw from: its own, those below it, HR of its area."""
    area = authority.area("")
    if authority.kind == Kind.COUNTY_AUTHORITY:
        area |= Q(kind=Kind.HR, prefecture=authority.prefecture_id)
    kinds = Q(kind__in=[*AUTHORITIES, Kind.HR])
    below = kinds & area & ~Q(kind=Kind.REGION_AUTHORITY)
    return Organization.objects.filter(Q(pk=authority.pk) | below).order_by("kind", "prefecture")


class EventForm(forms.Form):
    """A public event that is still to come."""

    description = forms.CharField(
        label=_("哪一件事的什么结果"), help_text=_("例如：体彩排列5 第 26330 期开奖号码，五位数字")
    )
    source = forms.CharField(label=_("在哪里公布"), help_text=_("报纸或网站，谁都查得到"))
    happens_at = forms.DateTimeField(
        label=_("何时公布（北京时间）"),
        widget=forms.DateTimeInput(attrs=MOMENT, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )


class CommitForm(forms.Form):
    """Somebody settles on words nobody else knows."""

    committer = forms.CharField(label=_("谁承诺"), help_text=_("单位和姓名，会公开"))
    words = forms.CharField(
        label=_("承诺的原文"),
        required=False,
        help_text=_("至少 12 个字；系统只留摘要，请自己记好原文"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    digest = forms.CharField(label=_("或者只填原文的 SHA-256 摘要"), required=False, max_length=64)


class ValueForm(forms.Form):
    """What an event came to, or what was committed to."""

    value = forms.CharField(
        label=_("结果"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class BecauseForm(forms.Form):
    """Why somebody does not go."""

    because = forms.CharField(label=_("为什么不去（不公开）"))


class PictureForm(forms.Form):
    """Evidence."""

    file = forms.FileField(
        label=_("照片或材料（至多 20 MB）"),
        required=False,
        help_text=_("和检查结论一起保存；照片和录像里的拍摄地点会去掉"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": "image/*,.pdf", "capture": "environment"}),
    )


class AnswersForm(forms.Form):
    """Item by item: three fields each, named by the item."""

    def __init__(
        self, *args: Any, items: Sequence[ListItem], known: Mapping[int, Said], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for item in items:
            one = known.get(item.pk, Said(""))
            self.fields[f"verdict_{item.pk}"] = forms.ChoiceField(
                label=item.title,
                required=False,
                choices=Verdict.choices,
                widget=forms.RadioSelect,
                initial=one.verdict,
            )
            self.fields[f"severity_{item.pk}"] = forms.ChoiceField(
                label=_("轻重"),
                required=False,
                choices=[("", _("选择轻重")), *Severity.choices],
                initial=one.severity,
            )
            self.fields[f"note_{item.pk}"] = forms.CharField(
                label=_("事实"),
                required=False,
                max_length=LONGEST[DeedKind.NOTE],
                widget=forms.Textarea(attrs={"rows": 2}),
                initial=one.note,
            )

    def lines(self) -> Iterator[dict[str, Any]]:
        """Each item with its three fields."""
        for item in self.items:
            yield {
                "item": item,
                "verdict": self[f"verdict_{item.pk}"],
                "why": [self[f"severity_{item.pk}"], self[f"note_{item.pk}"]],
            }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for item in self.items:
            if said.get(f"verdict_{item.pk}") != Verdict.BAD:
                continue
            if not said.get(f"severity_{item.pk}"):
                self.add_error(f"severity_{item.pk}", _("不符合的，请选轻重。"))
            if not (said.get(f"note_{item.pk}") or "").strip():
                self.add_error(f"note_{item.pk}", _("不符合的，请写明事实。"))
        return said

    def said(self) -> dict[int, Said]:
        """What was found, by item."""
        data = self.cleaned_data
        return {
            item.pk: Said(
                data[f"verdict_{item.pk}"],
                data[f"severity_{item.pk}"],
                data[f"note_{item.pk}"],
            )
            for item in self.items
        }


class ResultForm(forms.Form):
    """The result as a whole."""

    visited_on = forms.DateField(
        label=_("检查日期"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    outcome = forms.ChoiceField(
        label=_("检查结果"), choices=[("", _("选择结果")), *Outcome.choices]
    )
    remark = forms.CharField(
        label=_("检查情况"),
        required=False,
        max_length=LONGEST[DeedKind.REMARK],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不公开；联系不上、不配合、对象已不在的，必须写"),
    )
