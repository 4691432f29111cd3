"""A refusal beside its field."""

import pytest
from django import forms

from zhupei.core.errors import NotAllowed, Refused, beside


class Plan(forms.Form):
    title = forms.CharField()


@pytest.mark.parametrize(
    ("field", "where"), [("title", "title"), ("room", "__all__"), (None, "__all__")]
)
def test_a_refusal_stands_beside_its_field_or_above_the_form(field, where):
    form = Plan({"title": "第 1 场"})

    Refused("taken", "“%(title)s”已经有了。", field=field, title="第 1 场").beside(form)

    assert form.errors == {where: ["“第 1 场”已经有了。"]}


def test_what_is_refused_inside_stands_in_the_form_by_the_forms_own_name():
    form = Plan({"title": "第 1 场"})

    with beside(form, name="title"):
        raise Refused("taken", "已经有了。", field="name")

    assert form.errors == {"title": ["已经有了。"]}


def test_what_somebody_may_not_do_goes_on():
    form = Plan({"title": "第 1 场"})

    with pytest.raises(NotAllowed), beside(form):
        raise NotAllowed("not_allowed", "您不能。", field="title")
    assert not form.errors
