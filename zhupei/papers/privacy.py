"""Blueprints and forms say nothing about people but who had them made."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

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
    "assembly.made_by_name": Personal(
        _("记录谁在何时办了什么，出了争议能查清"),
        _("随业务档案，长期"),
        what=_("组卷经办人姓名"),
    ),
}
