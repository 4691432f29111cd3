"""What the tables of venues say about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

SIGNED = Personal(
    _("说明是谁代表部门签署"),
    _("与考核机构确定的材料同期保存"),
    what=_("签署人"),
)
CONTACT = Personal(_("考生和监考人员联系考点"), _("考点停用后 3 年"), what=_("考点联系人和电话"))
CHECKED = Personal(_("说明是谁检查了设备"), _("与考核档案（一场一档）同期保存"), what=_("检查人"))

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        f"designation.{name}"
        for name in (
            "id",
            "number",
            "organization",
            "prefecture",
            "jobs",
            "affiliates",
            "valid_from",
            "valid_until",
            "conditions",
            "housing",
            "hr",
            "housing_signed_at",
            "hr_signed_at",
            "stopped_by",
            "state",
        )
    ),
    "designation.housing_signed_by": SIGNED,
    "designation.hr_signed_by": SIGNED,
    **dict.fromkeys(
        f"designationdocument.{name}" for name in ("id", "kind", "file", "designation")
    ),
    **dict.fromkeys(
        f"site.{name}"
        for name in (
            "id",
            "organization",
            "name",
            "prefecture",
            "division",
            "address",
            "directions",
            "accessibility",
            "closed_on",
        )
    ),
    "site.contact": CONTACT,
    "site.contact_phone": CONTACT,
    **dict.fromkeys(f"examroom.{name}" for name in ("id", "site", "room", "front", "spacing")),
    **dict.fromkeys(
        f"seat.{name}"
        for name in (
            "id",
            "room",
            "number",
            "row",
            "column",
            "usable",
            "spare",
            "machine",
            "asset_tag",
            "condition",
            "checked_at",
            "note",
        )
    ),
    "seat.checked_by": CHECKED,
    **dict.fromkeys(
        f"roomcheck.{name}"
        for name in ("id", "room", "done", "working", "broken", "note", "made_at")
    ),
    "roomcheck.made_by": CHECKED,
    **dict.fromkeys(
        f"booking.{name}" for name in ("id", "room", "subject", "label", "starts_at", "ends_at")
    ),
}
