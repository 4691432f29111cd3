"""Blueprints and forms say nothing about people but who had them made."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_WORK = Personal(
    _("封存的题库由谁放行，能查清"),
    _("随题库档案，长期"),
    what=_("放行的提出人、确认人、停止人和时间"),
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "blueprint.id",
            "blueprint.job",
            "blueprint.level",
            "blueprint.question_set",
            "blueprint.title",
            "blueprint.minutes",
            "blueprint.overlap",
            "blueprint.exposure",
            "blueprint.shuffle",
            "blueprint.state",
            "blueprint.mark",
            "blueprintrow.id",
            "blueprintrow.blueprint",
            "blueprintrow.position",
            "blueprintrow.point",
            "blueprintrow.kind",
            "blueprintrow.band",
            "blueprintrow.count",
            "blueprintrow.points",
            "release.id",
            "release.blueprint",
            "release.question_set",
            "release.until",
            "release.reason",
            "assembly.id",
            "assembly.blueprint",
            "assembly.seed",
            "assembly.asked",
            "assembly.trial",
            "assembly.status",
            "assembly.gap",
            "assembly.seconds",
            "assembly.versions",
            "assembly.made_at",
            "form.id",
            "form.assembly",
            "form.label",
            "form.sealed",
            "form.points",
            "form.sha256",
            "form.difficulty",
            "form.information",
            "use.id",
            "use.assembly",
            "use.version",
            "use.forms",
            "measurement.id",
            "measurement.version",
            "measurement.people",
            "measurement.share",
            "measurement.rest",
            "measurement.measured_at",
        ]
    ),
    **dict.fromkeys(
        [
            "release.proposed_by",
            "release.proposed_at",
            "release.confirmed_by",
            "release.confirmed_at",
            "release.ended_by",
            "release.ended_at",
        ],
        _WORK,
    ),
    "assembly.made_by_name": Personal(
        _("记录谁在何时办了什么，出了争议能查清"),
        _("随业务档案，长期"),
        what=_("组卷经办人姓名"),
    ),
}
