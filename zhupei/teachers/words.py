"""The items of an application a reviewer can point at."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS: Mapping[str, str | Promise] = {
    "title": _("职称"),
    "rank": _("职称级别"),
    "education": _("学历"),
    "trades": _("任教专业工种"),
    "qualifications": _("资格证明"),
    "other": _("其他"),
}
EDUCATIONS = ("博士研究生", "硕士研究生", "本科", "大专", "中专或高中", "初中及以下")
