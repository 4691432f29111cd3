"""What the table of certificates says about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

# Source: project register of facts, §7 (keeping: the register of certificates for 30 years).
_KEEP = _("30 年，随证书签发台账")
_PROOF = Personal(
    _("证明本人完成培训并考核合格"),
    _KEEP,
    what=_("姓名、证书编号、岗位或工种、培训时间、学时、发证日期、证书文件"),
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "certificate.id",
            "certificate.organization",
            "certificate.institution",
            "certificate.prefecture",
        ]
    ),
    **dict.fromkeys(
        [
            "certificate.number",
            "certificate.person",
            "certificate.name",
            "certificate.job",
            "certificate.attempt",
            "certificate.practical_turn",
            "certificate.trained_from",
            "certificate.trained_until",
            "certificate.hours",
            "certificate.issued_on",
            "certificate.file",
        ],
        _PROOF,
    ),
    "certificate.national_number": Personal(
        _("与国家培训信息管理系统的编号对应"), _KEEP, what=_("国家编号")
    ),
    "certificate.check_code": Personal(
        _("持证人出示二维码时查验真伪，无法从编号猜出"), _KEEP, what=_("查验码")
    ),
    **dict.fromkeys(
        [
            "certificate.state",
            "certificate.revoked_at",
            "certificate.revoked_for",
            "certificate.review_since",
            "certificate.review_reason",
        ],
        Personal(
            _("让用工单位知道证书现在是否有效"),
            _KEEP,
            what=_("证书状态、撤销时间和原因类别、复核时间和原因"),
        ),
    ),
}
