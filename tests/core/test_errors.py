"""A refusal beside its field."""

import pytest
from django import forms

from zhupei.core.errors import Refused


class Plan(forms.Form):
    title = forms.CharField()


@pytest.mark.parametrize(
    ("field", "where"), [("title", "title"), ("room", "__all__"), (None, "__all__")]
)
def test_a_refusal_stands_beside_its_field_or_above_the_form(field, where):
    form = Plan({"title": "第 1 场"})

    Refused("taken", "“%(title)s”已经有了。", field=field, title="第 1 场").beside(form)

    assert form.errors == {where: ["“第 1 场”已经有了。"]}
