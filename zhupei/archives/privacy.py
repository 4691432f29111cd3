"""What the table of packages says about people. What is inside is said in ``contents``."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

# Source: project register of facts, §7 (keeping: classes and sittings for 30 years).
FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "package.id",
            "package.subject",
            "package.subject_id",
            "package.title",
            "package.organization",
            "package.prefecture",
            "package.division",
            "package.made_at",
        ]
    ),
    "package.file": Personal(
        _("留存培训和考核的真实记录，号码遮盖、不含手机号"),
        _("30 年，随一班一档和一场一档"),
        what=_("档案包里的姓名、遮盖的证件号码、学时和成绩"),
    ),
    **dict.fromkeys(
        [
            "recording.id",
            "recording.sitting",
            "recording.label",
            "recording.begins_at",
            "recording.ends_at",
            "recording.added_at",
            "recording.withdrawn_at",
            "recording.withdrawn_why",
        ]
    ),
    "recording.file": Personal(
        _("考核过程的音视频应妥善保存（办法第二十条）"),
        _("3 年（规则参数“考核音视频保存多久”，可以调整）"),
        what=_("考场里的影像和声音"),
    ),
    "recording.added_by_name": Personal(_("说明录像由谁登记"), _("随录像"), what=_("登记人姓名")),
    "package.made_by_name": Personal(
        _("说明档案由谁归集"), _("30 年，随档案"), what=_("归档人姓名")
    ),
}
