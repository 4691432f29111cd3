"""Invented things for the gallery. Nobody and nothing here exists."""

from collections import namedtuple
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

LESSON = 45 * 60
Line = namedtuple("Line", "event sentence note")  # noqa: PYI024 - a stand-in for core.audit.Line


def _item(label: str, icon: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "icon": icon, "url": "/", **more}


NAVIGATION = {
    "workbench": [
        _item("待办", "checklist", count=10),
        _item("机构", "building", gap=True),
        _item("大纲与题库", "books"),
        _item("开班", "calendar-event", count=61, current=True),
        _item("学习", "device-laptop"),
        _item("考核", "clipboard-check", count=7),
        _item("证书", "certificate"),
        _item("统计", "chart-bar"),
    ],
    "public": [
        _item("开班信息", "calendar-event", current=True),
        _item("培训机构", "building"),
        _item("证书查验", "certificate"),
        _item("政策与大纲", "books"),
    ],
    "learner": [
        _item("学习", "book-2", current=True),
        _item("班级", "users-group"),
        _item("考试", "clipboard-check"),
        _item("证书", "certificate"),
        _item("我的", "user-circle"),
    ],
}

CRUMBS = [{"label": "开班计划", "url": "/"}, {"label": "KB-2026-0147"}]

BADGES = [
    {"icon": "hourglass", "word": "待审核", "tone": "warn"},
    {"icon": "circle-check", "word": "已备案", "tone": "ok"},
    {"icon": "circle-x", "word": "已退回", "tone": "bad"},
    {"icon": "repeat", "word": "第 2 次提交，改动 2 处", "tone": "info"},
    {"icon": "edit", "word": "草稿", "tone": ""},
]

MOVES = [
    {
        "name": "return",
        "label": "退回补正",
        "tone": "primary",
        "needs_note": True,
        "icon": "arrow-back-up",
        "consequence": "附 2 条理由，机构 3 个工作日内补正，时限中止",
    },
    {
        "name": "approve",
        "label": "通过",
        "tone": "primary",
        "icon": "check",
        "blocked": "还不能通过：证据未看 2，预检不符 2",
    },
    {
        "name": "pass_on",
        "label": "转办",
        "tone": "plain",
        "icon": "user-share",
        "consequence": "交给本科室同事，时限不变，对方收到提醒",
    },
    {
        "name": "revoke",
        "label": "撤销",
        "tone": "danger",
        "needs_note": True,
        "icon": "ban",
        "consequence": "48 人的报名同时失效，机构和学员都收到消息",
    },
]

FACTS = [
    {"label": "编号", "value": "KB-2026-0147"},
    {"label": "机构", "value": "天山建设职业技能培训学校", "url": "/"},
    {"label": "人数", "value": "48"},
    {"label": "培训", "value": "3月23日至4月17日"},
    {"label": "学时", "value": "160"},
    {"label": "方式", "value": "审批（本州）", "law": "第十二条"},
]

FIGURES = [
    {"label": "本月按期办结", "value": "96.8%", "note": "61 / 63 件"},
    {"label": "审核平均用时", "value": "2.6", "note": "工作日，时限 5"},
    {"label": "在训班级", "value": "61", "note": "2,347 人"},
    {"label": "应巡已巡", "value": "52 / 61", "note": "欠 9", "tone": "warn"},
    {"label": "整改未闭环", "value": "4", "note": "1 件逾期", "tone": "bad"},
]

CHECKS = [
    {
        "tone": "bad",
        "title": "单元学时",
        "facts": "单元 5 钢筋绑扎与安装：计划 48，大纲 52，少 4 学时；总量 160 相符",
        "law": "第八条",
    },
    {
        "tone": "bad",
        "title": "实训工位",
        "facts": "48 人 ÷ 每工位 4 人 = 12 个；在用 10 个（2 个检修至 4月2日），缺 2 个",
        "law": "第十三条",
    },
    {
        "tone": "warn",
        "title": "本人确认",
        "facts": "48 人中 45 人已本人确认，3 人未答复；未确认者不计入开班人数",
        "law": "第十一条",
    },
    {
        "tone": "ok",
        "title": "办学许可",
        "facts": "至 2027年8月31日有效；范围含钢筋工（020）",
        "law": "第九条",
    },
    {
        "tone": "ok",
        "title": "任课教师",
        "facts": "应 2 人，实 4 人；高级工以上 3 人",
        "law": "通知三",
    },
]

UNITS = [
    {
        "label": label,
        "theory": a * LESSON,
        "online": b * LESSON,
        "practice": c * LESSON,
        "required": d * LESSON,
    }
    for label, a, b, c, d in [
        ("1 职业道德与法规", 4, 4, 0, 8),
        ("2 安全生产与防护", 4, 8, 0, 12),
        ("3 识图与下料计算", 12, 12, 4, 28),
        ("4 钢筋加工", 4, 0, 36, 40),
        ("5 钢筋绑扎与安装", 4, 0, 44, 52),
        ("6 质量检验", 4, 0, 12, 12),
        ("7 复习与结业测试", 4, 0, 4, 8),
    ]
]

REPORT = {
    "file": "2026年第3期名册（最终版）.xlsx",
    "total": 48,
    "good": 45,
    "refused": 3,
    "corrected_url": "/",
    "confirm_url": "/",
    "rows": [
        {
            "sheet": "名册",
            "row": 7,
            "column": "身份证号",
            "value": "650000199001010003",
            "rule": "第 18 位校验码不对。",
            "fix": "对照身份证原件改正；可能是抄错或两位颠倒。",
            "law": "GB 11643",
        },
        {
            "sheet": "名册",
            "row": 19,
            "column": "身份证号",
            "value": "6.50000199E+17",
            "rule": "被表格软件改成了科学计数，后面几位已经丢失。",
            "fix": "把这一列设为“文本”后重新输入。",
        },
        {
            "sheet": "名册",
            "row": 31,
            "column": "姓名",
            "value": "",
            "rule": "没有姓名。",
            "fix": "填写与身份证一致的姓名。",
            "law": "第十一条",
        },
    ],
}

CHANGES = [
    {
        "field": "师资 › 任课教师",
        "before": "3 人，其中 1 人资格证过期",
        "after": "4 人，新增 阿依努尔·买买提（高级工）",
        "law": "第九条",
    },
    {
        "field": "教学资源 › 教材",
        "before": "自编讲义",
        "after": "《钢筋工》正式出版教材，48 册",
        "law": "第十二条",
    },
]

JOBS = [
    {"label": "生成证书", "state": "running", "done": 31, "total": 48},
    {"label": "整理一班一档", "state": "running", "done": 0, "total": None},
    {
        "label": "导入名册",
        "state": "done",
        "result": "45 人已邀请，3 人未导入。",
        "result_url": "/",
    },
    {
        "label": "导出考核档案",
        "state": "failed",
        "reason": "存储空间不足，还差 120 MB。请管理员清理后再点一次“导出”。",
    },
]

CONSENTS = [
    {
        "name": "identity",
        "title": "同意用姓名和身份证号核对本人",
        "required": True,
        "law": "个人信息保护法第十三条",
        "text": "收集姓名、身份证号，用于报名资格核对和发证；保存到证书失效后三年。",
    },
    {
        "name": "face",
        "title": "同意考试时拍照核对本人",
        "text": "不同意的，由监考人员当面核对证件。",
    },
    {
        "name": "phone",
        "title": "同意用手机号接收上课和考试通知",
        "required": True,
        "wrong": "要报名这个班，须同意用手机号接收通知；也可以改由机构当面通知，请联系机构。",
    },
]

STEPS = [
    {"label": "基本情况", "state": "done"},
    {"label": "课程表", "state": "done"},
    {"label": "师资与场地", "state": "current"},
    {"label": "名册", "state": "todo"},
    {"label": "核对提交", "state": "todo"},
]

ALERTS = [
    {"tone": "info", "text": "本班由昌吉州住房和城乡建设局审核，时限 5 个工作日。"},
    {"tone": "ok", "text": "已提交。3月25日 18:00（北京时间）前会有结果。"},
    {
        "tone": "warn",
        "title": "还差 3 人本人确认",
        "text": "未确认的人不计入开班人数，3月20日后不能再加。",
        "law": "第十一条",
    },
    {
        "tone": "bad",
        "text": "开班日期是 3月20日，最迟应在 3月13日申报。请把开班日期改到 3月25日以后。",
        "law": "第十二条",
    },
]


def components(now: datetime) -> dict[str, Any]:
    """Everything the gallery shows, by the name its component asks for."""
    return {
        "badges": BADGES,
        "moves": MOVES,
        "facts": FACTS,
        "figures": FIGURES,
        "checks": CHECKS,
        "units": UNITS,
        "report": REPORT,
        "changes": CHANGES,
        "jobs": JOBS,
        "consents": CONSENTS,
        "steps": STEPS,
        "alerts": ALERTS,
        "groups": _todo(now),
        "timeline": _timeline(now),
        "times": [now, now - timedelta(days=500)],
    }


def _todo(now: datetime) -> list[dict[str, Any]]:
    review = {"label": "审核", "url": "/"}
    return [
        {
            "label": "已逾期",
            "items": [
                {
                    "icon": "message-report",
                    "kind": "投诉答复",
                    "title": "发放教材后收回",
                    "url": "/",
                    "who": "投诉人",
                    "note": "TS-2026-0031，庭州建筑工程技工学校",
                    "due": now - timedelta(days=1),
                    "tone": "late",
                    "left": "逾期 1 个工作日",
                    "step": {"label": "答复", "url": "/"},
                    "primary": True,
                }
            ],
        },
        {
            "label": "今天到期",
            "items": [
                {
                    "icon": "calendar-event",
                    "kind": "开班计划",
                    "title": "钢筋工（四级）2026 年第 3 期",
                    "url": "/",
                    "who": "培训机构",
                    "note": "KB-2026-0147，天山建设职业技能培训学校，48 人",
                    "due": now + timedelta(hours=5),
                    "tone": "soon",
                    "left": "剩 5 小时 12 分",
                    "step": review,
                }
            ],
        },
        {
            "label": "本周",
            "items": [
                {
                    "icon": "certificate",
                    "kind": "证书复核",
                    "title": "姓名更正 2 件",
                    "url": "/",
                    "who": "学员",
                    "tone": "",
                    "note": "ZS-2026-0406，艾尼瓦尔·托合提 等 2 人",
                    "due": now + timedelta(days=2),
                    "left": "剩 2 个工作日",
                    "step": review,
                }
            ],
        },
    ]


def _timeline(now: datetime) -> list[Line]:
    def line(days: int, sentence: str, organization: str, note: str = "") -> Line:
        event = SimpleNamespace(at=now - timedelta(days=days), organization_name=organization)
        return Line(event, sentence, note)

    return [
        line(0, "李文涛打开审核", "昌吉州住房和城乡建设局"),
        line(7, "古丽娜尔·吐尔逊第 2 次提交，改动 2 处", "天山建设职业技能培训学校"),
        line(
            8,
            "周敏退回补正",
            "昌吉州住房和城乡建设局",
            note="任课教师资格证已过期；教材须为正式出版物。",
        ),
    ]
