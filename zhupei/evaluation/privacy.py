"""The evaluation is about institutions; it keeps who said what, and papers that may name people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_SAID_BY = Personal(
    _("评估每一步是谁办的、每一分是谁评的"), _("30 年，随评估档案"), what=_("经办人、评分人姓名")
)
_WORDS = Personal(
    _("评分的理由、自评和异议的说明"),
    _("30 年，随评估档案"),
    what=_("说明和凭据，可能写到有关人员"),
)
_EXPERTS = Personal(_("请谁复核、谁回避"), _("30 年，随评估档案"), what=_("专家姓名、回避理由"))


def _of(model: str, *names: str) -> list[str]:
    return [f"{model}.{name}" for name in names]


FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            *_of("scheme", "id", "year", "title", "counts_from", "counts_until", "report_until"),
            *_of("scheme", "figures", "sha256", "frozen_at", "announced_at", "announced_as"),
            *_of("scheme", "state"),
            *_of("indicator", "id", "scheme", "position", "code", "block", "section", "title"),
            *_of("indicator", "points", "source", "rule", "rule_version", "figures", "formula"),
            *_of("indicator", "law"),
            *_of("evaluation", "id", "scheme", "organization", "scorer", "sponsor"),
            *_of("evaluation", "declared_certificate_rate"),
            *_of("evaluation", "declared_pass_rate", "reported_at", "scored_at", "public_since"),
            *_of("evaluation", "public_until", "decided_at", "computed_at", "sums", "score"),
            *_of("evaluation", "assessed", "applicable", "grade", "state"),
            *_of("answer", "id", "evaluation", "indicator", "facts", "facts_sha256"),
            *_of("answer", "computed_status", "computed", "because", "said", "computed_at"),
            *_of("answer", "status", "value", "stage", "differ", "stated_at"),
            *_of("evidence", "id", "evaluation", "answer", "organization_name", "added_at"),
            *_of("evidence", "withdrawn_at"),
            *_of("appointment", "id", "evaluation", "seat", "appointed_at", "state", "ended_at"),
            *_of("score", "id", "answer", "stage", "status", "value", "organization_name", "at"),
            *_of("veto", "id", "evaluation", "kind", "law", "found_at", "lifted_at"),
            *_of(
                "objection",
                "id",
                "evaluation",
                "answer",
                "made_at",
                "due_at",
                "replied_at",
                "state",
            ),
            *_of("outlook", "id", "organization", "scheme", "day", "reckoned_at", "lines", "sums"),
        ]
    ),
    **dict.fromkeys(
        [
            "scheme.frozen_by_name",
            "evaluation.reported_by_name",
            "evaluation.scored_by_name",
            "evidence.added_by",
            "score.by",
            "score.by_name",
            "veto.found_by_name",
            "objection.made_by_name",
            "objection.replied_by_name",
        ],
        _SAID_BY,
    ),
    **dict.fromkeys(
        [
            "evaluation.summary",
            "answer.statement",
            "evidence.file",
            "score.reason",
            "veto.facts",
            "veto.file",
            "veto.lifted_note",
            "objection.grounds",
            "objection.file",
            "objection.reply",
        ],
        _WORDS,
    ),
    **dict.fromkeys(["appointment.expert", "appointment.note"], _EXPERTS),
}
