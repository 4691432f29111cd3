"""What the bureaus themselves did."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.bulletins import rules
from zhupei.bulletins.sections import shape
from zhupei.bulletins.sections.shape import Scope, Section
from zhupei.duty import facts
from zhupei.duty.rules import Part

PARTS = {
    Part.REVIEW: gettext_lazy("审核按期"),
    Part.COVERAGE: gettext_lazy("巡查覆盖"),
    Part.FINDINGS: gettext_lazy("问题按期"),
    Part.CLOSURE: gettext_lazy("整改按期"),
    Part.COMPLAINTS: gettext_lazy("投诉按期"),
    Part.AGREEMENT: gettext_lazy("复读无异议"),
}


def duty(scope: Scope) -> Section:
    """What the bureaus themselves did, as their own page computes it."""
    rows = facts.gather(scope.reader, *scope.period)
    shares = {row.bureau: [row.parts[part] for part in PARTS] for row in rows}
    made = {
        "title": str(_("住建局履职得分")),
        "columns": [
            *({"label": str(label), "unit": "%"} for label in PARTS.values()),
            {"label": str(_("参评分值")), "unit": ""},
            {"label": str(_("得分")), "unit": ""},
        ],
        "rows": [
            {
                "name": row.bureau.short_name or row.bureau.name,
                "cells": [
                    *(rules.share(one.good, one.all) for one in shares[row.bureau]),
                    row.score.weight,
                    row.score.per_cent,
                ],
            }
            for row in rows
        ],
        "total": [
            *(
                rules.share(sum(one.good for one in column), sum(one.all for one in column))
                for column in zip(*shares.values(), strict=True)
            ),
            None,
            None,
        ],
        "note": str(
            _("得分=参评各项得分之和÷参评分值×100；没有发生的项目不参评。合计行是各项的总比例。")
        ),
    }
    judged = [row.score.per_cent for row in rows if row.score.per_cent is not None]
    said = _("%(count)d 个住建局参评，平均 %(mean)s 分。") % {
        "count": len(judged),
        "mean": round(sum(judged) / len(judged), 1) if judged else "—",
    }
    chart = shape.bars(made, len(made["columns"]) - 1)
    return Section("duty", str(_("属地履职")), [said], [made], chart, reverse("duty:index"))
