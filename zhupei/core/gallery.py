"""Every component in every state, with invented data, to be looked at while building pages.

Routed only where ``DEBUG`` or the demo is on; nothing here reads the database.
"""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from zhupei.core import gallery_data as data

SHELLS = ("workbench", "public", "learner")


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label="班级名称", help_text="写明工种、等级和期次。")
    starts_on = forms.DateField(
        label="开班日期（至少提前 5 个工作日申报）", widget=forms.DateInput(attrs={"type": "date"})
    )
    seats = forms.IntegerField(label="人数（1 至 60 人）", min_value=1, max_value=60)
    trade = forms.ChoiceField(label="工种", choices=[("020", "钢筋工"), ("010", "砌筑工")])
    kind = forms.ChoiceField(
        label="培训方式",
        widget=forms.RadioSelect,
        choices=[("room", "集中面授"), ("mixed", "线上线下结合")],
    )
    roster = forms.FileField(label="名册（.xlsx，不超过 10 MB）", required=False)
    remark = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label="以上内容属实", help_text="虚假申报按规定处理。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].law = "第十二条"  # type: ignore[attr-defined]  # read by _field.html


class SampleFilters(forms.Form):
    q = forms.CharField(label="班级、机构或编号", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部")])
    prefecture = forms.ChoiceField(label="地州市", required=False, choices=[("", "全区")])


def gallery(request: HttpRequest, shell: str = "workbench") -> HttpResponse:
    """The gallery in one of the three shells; ``?dir=rtl`` mirrors it."""
    if shell not in SHELLS:
        raise Http404
    context = _frame(shell) | data.components(timezone.now()) | _forms() | {"shell": shell}
    context["mirrored"] = request.GET.get("dir") == "rtl"
    return render(request, "core/gallery.html", context)


def _frame(shell: str) -> dict[str, Any]:
    """What the shells need, invented."""
    organization = SimpleNamespace(name="昌吉州住房和城乡建设局")
    acting = SimpleNamespace(pk=1, organization=organization, get_role_display="审核员")
    other = SimpleNamespace(pk=2, organization=organization, get_role_display="巡查员")
    return {
        "parent": f"core/{shell}.html",
        "user": _Person(None if shell == "learner" else acting),
        "memberships": [acting, other],
        "nav": data.NAVIGATION[shell],
        "site_nav": data.NAVIGATION["public"],
        "unread": 7,
        "now": timezone.now(),
        "search_url": "/",
        "learner_note": "钢筋工（四级）2026 年第 3 期",
        "crumbs": data.CRUMBS,
    }


class _Person(SimpleNamespace):
    is_authenticated = True

    def __init__(self, acting: Any) -> None:
        super().__init__(acting=acting)

    def __str__(self) -> str:
        return "阿卜杜拉·买买提" if self.acting is None else "李文涛"


def _forms() -> dict[str, Any]:
    wrong = SampleForm({"title": "钢筋工（四级）", "starts_on": "13 日", "seats": "90"})
    wrong.full_clean()
    wrong.add_error(None, "有 5 处要改，已填的内容都还在。改好后再提交。")
    return {
        "form": SampleForm(),
        "wrong_form": wrong,
        "filters": SampleFilters(),
        "page": Paginator(range(63), 25).page(2),
        "sort": "-starts_on",
    }
