"""Reading credit records, applications to repair them, objections, grades."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.credit.models import About, Letter, RecordState, Seriousness
from zhupei.organizations.models import Division

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
PAPER = _("PDF、图片或 Office 文档，至多 20 MB")


def _words(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


class RecordFilters(forms.Form):
    """Records by words, seriousness, state and place."""

    q = forms.CharField(label=_("编号、机构或事由"), required=False)
    seriousness = forms.ChoiceField(
        label=_("程度"), required=False, choices=[("", _("全部")), *Seriousness.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部")),
            ("shown", _("公示中")),
            ("repairing", _("修复办理中")),
            ("objected", _("异议办理中")),
            *RecordState.choices,
        ],
    )
    prefecture = forms.ModelChoiceField(
        Division.objects.none(), label=_("地州市"), required=False, empty_label=_("全部")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prefecture"].queryset = Division.objects.prefectures()  # type: ignore[attr-defined]  # a choice field


class FileFilters(forms.Form):
    """Institutions by name, place and grade."""

    q = forms.CharField(label=_("机构名称"), required=False)
    prefecture = forms.ModelChoiceField(
        Division.objects.none(), label=_("地州市"), required=False, empty_label=_("全部")
    )
    only = forms.ChoiceField(
        label=_("信用记录"),
        required=False,
        choices=[("", _("全部")), ("held", _("有有效记录")), ("clean", _("没有有效记录"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prefecture"].queryset = Division.objects.prefectures()  # type: ignore[attr-defined]  # a choice field


class GradeFilters(forms.Form):
    """Grades of one year."""

    year = forms.TypedChoiceField(label=_("年度"), coerce=int, required=False)
    grade = forms.ChoiceField(
        label=_("等级"), required=False, choices=[("", _("全部")), *Letter.choices]
    )

    def __init__(self, years: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]  # a choice field


class RecordForm(forms.Form):
    """What is held against whom."""

    about = forms.ChoiceField(
        label=_("记在谁名下"),
        choices=About.choices,
        initial=About.INSTITUTION,
        widget=forms.RadioSelect,
        help_text=_("校长和举办者的执业信用单独记（民办教育促进法实施条例第四十七条）"),
    )
    person_name = forms.CharField(
        label=_("当事人姓名"),
        max_length=50,
        required=False,
        help_text=_("记在校长或者举办者名下的才填；公示页不显示姓名"),
    )
    seriousness = forms.ChoiceField(
        label=_("程度"),
        choices=Seriousness.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择程度，期限按程度算。")},
    )
    ground = _words(
        _("事由"),
        help_text=_("何时、何事、怎样认定；机构和公众都会看到"),
        error_messages={"required": _("请写明事由：何时、何事。")},
    )
    law = forms.CharField(
        label=_("依据"),
        max_length=300,
        help_text=_("哪部法规、规章或者文件的第几条"),
        error_messages={"required": _("请写明依据哪一条。")},
    )
    paper = forms.CharField(label=_("文书号"), max_length=100, required=False)
    decided_on = forms.DateField(
        label=_("认定日期"),
        widget=DAY,
        help_text=_("文书上的日期，期限自这一天起算"),
        error_messages={"required": _("请填认定日期。")},
    )
    shown_why = _words(
        _("公示轻微记录的理由"),
        rows=2,
        required=False,
        help_text=_("轻微的原则上不公示；确需公示的才写，一般和严重的不用写"),
    )


class RepairForm(forms.Form):
    """How things were put right, proof and promise."""

    account = _words(
        _("整改和履行情况"),
        rows=5,
        help_text=_("逐条写明怎样改正、义务是否履行完毕，2000 字以内"),
        error_messages={"required": _("请写明怎样整改、义务是否履行完毕。")},
    )
    proof = forms.FileField(
        label=_("整改证明"),
        help_text=PAPER,
        error_messages={"required": _("请上传整改证明。")},
    )
    commitment = forms.FileField(
        label=_("信用承诺书（盖章）"),
        help_text=PAPER,
        error_messages={"required": _("请上传盖章的信用承诺书。")},
    )


class ObjectionForm(forms.Form):
    """What is wrong with a record."""

    grounds = _words(
        _("异议理由"),
        rows=5,
        help_text=_("哪里有误、以什么为准，2000 字以内"),
        error_messages={"required": _("请写明哪里有误、以什么为准。")},
    )
    evidence = forms.FileField(label=_("证据材料"), required=False, help_text=PAPER)


class AmendForm(forms.Form):
    """What of a record is put right."""

    seriousness = forms.ChoiceField(label=_("程度"), choices=Seriousness.choices)
    ground = _words(_("事由"), error_messages={"required": _("请写明事由：何时、何事。")})
    law = forms.CharField(
        label=_("依据"), max_length=300, error_messages={"required": _("请写明依据哪一条。")}
    )
    note = _words(
        _("办理意见（机构会看到）"), error_messages={"required": _("请写明更正了什么、为什么。")}
    )


class GradeForm(forms.Form):
    """The grade of one year."""

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    grade = forms.ChoiceField(label=_("等级"), choices=Letter.choices)
    score = forms.DecimalField(
        label=_("得分（0 到 100）"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        required=False,
    )
    note = _words(_("说明"), rows=2, required=False, help_text=_("改已登记的等级必须写明理由"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"year": timezone.localdate().year - 1})
        super().__init__(*args, **kwargs)
