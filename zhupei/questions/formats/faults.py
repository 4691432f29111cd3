"""What a question must keep in every format, and what to do when it does not."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.import_kinds import Rule
from zhupei.questions.formats.draft import Fault

# The parts of a question, as people call them: also the columns of the spreadsheet.
FIELDS: Final[Mapping[str, str]] = {
    "kind": "题型",
    "stem": "题干",
    **{f"option_{letter}": f"选项{letter}" for letter in "ABCDEFGH"},
    "answer": "答案",
    "rubric": "评分标准",
    "case": "案例",
    "pictures": "图片",
    "unit": "知识点",
    "difficulty": "难度",
    "level": "认知层次",
    "source": "来源",
    "points": "分值",
    "analysis": "解析",
    "": "",
}

# By code: what a question must keep, and what to do when it does not; named blanks in both.
Texts = Mapping[str, tuple[str | Promise, str | Promise]]

# Of the question itself, whatever file it stands in.
RULES: Final[Texts] = {
    "kind_missing": (_("没有题型。"), _("请写明单选、多选、判断、填空或简答。")),
    "kind_unknown": (_("不认识这个题型。"), _("请改为单选、多选、判断、填空或简答。")),
    "stem_missing": (_("没有题干。"), _("请填写题干。")),
    "options_too_few": (_("选择题至少要有两个选项。"), _("请从选项A起填写。")),
    "options_too_many": (_("选项有 %(count)d 个，最多 8 个。"), _("请删减选项或拆成两题。")),
    "option_gap": (_("选项%(letter)s空着，后面却还有选项。"), _("请把选项连续填写。")),
    "option_twice": (_("选项%(letter)s与前面的选项相同。"), _("请改正或删去一个。")),
    "option_order": (
        _("选项字母不连续：%(letter)s 之前少了选项。"),
        _("请按 A、B、C 的顺序写全选项。"),
    ),
    "options_not_judge": (
        _("判断题的选项只能是“正确”和“错误”。"),
        _("请清空选项，或把题型改为单选。"),
    ),
    "options_not_wanted": (_("这种题型没有选项。"), _("请清空选项，或改正题型。")),
    "answer_missing": (_("没有答案。"), _("请填写答案。")),
    "answer_shape": (
        _("答案写法不对：选择题写字母，判断题写“正确”或“错误”。"),
        _("请改写，例如 B、ABD、正确。"),
    ),
    "answer_not_an_option": (_("答案 %(letter)s 没有对应的选项。"), _("请核对答案和选项。")),
    "answer_not_one": (_("单选题只能有一个答案。"), _("请改正答案，或把题型改为多选。")),
    "answer_only_one": (_("多选题至少要有两个答案。"), _("请补全答案，或把题型改为单选。")),
    "answer_twice": (_("写了两处答案，而且不一样。"), _("请只保留一处。")),
    "blank_empty": (
        _("第 %(blank)d 空没有答案。"),
        _("请按空的顺序写答案，用“；”分开，同义写法用“|”分开。"),
    ),
    "blanks_differ": (
        _("题干有 %(marked)d 个空，答案有 %(given)d 个。"),
        _("请用“____”标出每个空，答案用“；”分开，个数要相同。"),
    ),
    "blanks_unmarked": (
        _("有 %(given)d 个答案，题干里却没有标出空。"),
        _("请在题干里用“____”标出每个空。"),
    ),
    "rubric_shape": (
        _("评分标准第 %(line)d 行没有分值。"),
        _("请每行写一个得分点，末尾写分值：先放线（3分）"),
    ),
    "rubric_words": (
        _("评分标准第 %(line)d 行没有写得分点。"),
        _("请写明答出什么才给这几分：先放线（3分）"),
    ),
    "unit_unknown": (_("大纲里没有这个单元。"), _("请填写大纲单元的编号或名称。")),
    "difficulty": (_("难度应为易、较易、中、较难、难，或 1 至 5。"), _("请改写难度。")),
    "level_unknown": (_("认知层次应为识记、理解、应用或综合。"), _("请改写，或留空。")),
    "points": (
        _("分值应为大于 0、不超过 %(most)d 的数，最多两位小数。"),
        _("请改写分值，不填按 1 分。"),
    ),
    "too_long": (_("内容超过 %(longest)d 个字。"), _("请检查是否把几道题粘在了一起。")),
    "duplicate_in_file": (_("与%(where)s重复。"), _("同一份文件里只保留一题。")),
    "picture_missing": (
        _("写了图片“%(name)s”，文件里却没有。"),
        _("请把图片放进这一行，或删去图片名。"),
    ),
    "picture_kind": (
        _("图片“%(name)s”不是 PNG 或 JPEG 图片。"),
        _("请另存为 PNG 或 JPEG 后再放进来。"),
    ),
    "picture_size": (
        _("图片“%(name)s”超过 %(most)d MB，或图片太多。"),
        _("请压缩图片后再放进来。"),
    ),
    "picture_elsewhere": (_("图片“%(name)s”在别的网站上，系统不去取。"), _("请把图片放进文件里。")),
    "option_picture": (
        _("选项%(letter)s是图片。"),
        _("请把图合成一张放进题干，在图上标 A、B、C，选项写“图A”。"),
    ),
    "media": (_("含有音频、视频或其他嵌入内容。"), _("请改用图片或文字。")),
    "case_missing": (_("写了“同上”，前面却没有案例。"), _("请填写案例全文。")),
}

# Of one format or another: what it has and an exam on a screen has not.
STRANGE: Final[Texts] = {
    "not_supported": (
        _("不支持“%(what)s”题型。"),
        _("请改为单选、多选、判断、填空或简答后再导入。"),
    ),
    "no_right_option": (_("没有一个选项标为正确。"), _("请标出正确选项。")),
    "formula": (_("含有数学公式，转成文字会失真。"), _("请把公式改成文字或图片。")),
    "item_broken": (_("这一题的结构不完整：%(what)s。"), _("请在原来的软件里改好，重新导出。")),
    "outside": (
        _("这一题要用到文件之外的内容（%(what)s），系统不去取。"),
        _("请把内容写进题里再导出。"),
    ),
    "several_interactions": (
        _("一题里有 %(count)d 处作答，而且种类不同。"),
        _("请拆成几道题，或做成案例题的小题。"),
    ),
    "no_interaction": (_("这一题没有作答的地方。"), _("请补上选项或填空，或删去这一题。")),
    "glued": (
        _("选项里又出现了选项 A，像是两道题粘在了一起。"),
        _("请给每道题写题号，或在题间空一行。"),
    ),
    "not_a_question": (
        _("看不出这一段是试题。"),
        _("请在题干前写题号，例如“1. ”，并写明选项和答案。"),
    ),
    "unclosed": (_("这一题的“%(what)s”没有配对。"), _("请补上后再导入。")),
    "answer_line": (_("“ANSWER:”后面应是一个选项字母。"), _("请写成例如 ANSWER: B。")),
}

# Of a file as a whole.
WHOLE: Final[Texts] = {
    "empty": (_("文件是空的。"), _("请选对文件，或把试题粘贴进来。")),
    "no_items": (_("没有找到试题。"), _("请核对文件格式，或下载样例对照。")),
    "too_large": (
        _("文件太大：最多 %(most)d MB、解压后 100 MB、2 万题。"),
        _("请拆成几个文件再导入。"),
    ),
    "encoding": (_("文字编码认不出来，读出来会是乱码。"), _("请另存为 UTF-8 编码的文本再导入。")),
    "format_unknown": (
        _("认不出文件格式：%(looks)s。"),
        _("请用 Excel 模板、Word（.docx）、文本、QTI、Moodle XML、GIFT 或 Aiken。"),
    ),
    "format_other": (_("这份文件不是所选的格式。"), _("请改选“自动识别”，或选对格式。")),
    "old_word": (_("这是旧版 Word 文件（.doc）。"), _("请另存为 .docx，或复制文字粘贴进来。")),
    "qti_old": (_("这是 QTI 1.2，不支持。"), _("请在原来的软件里导出 QTI 2.1 或 3.0。")),
    "password": (_("文件有密码。"), _("请去掉密码再导入。")),
    "damaged": (_("文件已损坏，打不开。"), _("请重新导出或另存一份。")),
    "bomb": (_("压缩包展开后大得不正常，没有打开。"), _("请重新打包，只放试题和图片。")),
    "path": (
        _("压缩包里的文件名“%(name)s”指向包外，没有打开。"),
        _("请重新打包，不要带上级目录。"),
    ),
    "xml_broken": (_("XML 不完整，第 %(line)d 行处读不下去。"), _("请重新导出。")),
    "xml_entities": (
        _("XML 里声明了实体或文档类型，为安全没有读取。"),
        _("请重新导出，不带 DOCTYPE。"),
    ),
    "xml_deep": (_("XML 嵌套太深或元素太多，没有读取。"), _("请拆成几个文件再导入。")),
    "sheet": ("%(sentence)s", _("请改好后再导入。")),
}

# Of what came in all the same.
NOTES: Final[Texts] = {
    "tags_dropped": (_("网页标签已去掉，只留文字。"), _("请看预览，意思不对时改写。")),
    "script_dropped": (_("含有程序代码，已去掉。"), _("请看预览，确认文字没有缺。")),
    "feedback_dropped": (_("各选项的反馈没有导入。"), _("需要时写进解析。")),
    "hint_dropped": (_("提示、标签等附带内容没有导入。"), _("需要时写进解析。")),
    "shuffle_dropped": (_("选项是否乱序由试卷决定。"), _("不用处理。")),
    "case_sensitive": (_("区分大小写的设置没有导入。"), _("本系统判填空不分大小写。")),
    "one_right": (_("多选题只有一个正确选项，按单选题导入。"), _("请核对答案。")),
    "all_or_nothing": (
        _("各选项的得分比例没有导入。"),
        _("本系统多选题全对才得分；要按比例给分请拆题。"),
    ),
    "numerical": (_("数值题按填空题导入，误差范围没有导入。"), _("请在答案里写出可以接受的写法。")),
    "wildcard": (_("答案里的通配符“*”按普通字符看待。"), _("请写出可以接受的写法。")),
    "no_rubric": (_("简答题没有评分标准，先记为整题给分。"), _("送审前请改成得分点，每点写分值。")),
    "left_out": (_("“%(what)s”没有导入：%(why)s"), _("需要时请改到题里。")),
    "general": ("%(sentence)s", ""),
}

ALL: Final[Mapping[str, Rule]] = {
    code: Rule(*texts) for table in (RULES, STRANGE, WHOLE, NOTES) for code, texts in table.items()
}


def fault(position: str, part: str, code: str, **facts: Any) -> Fault:
    """What is wrong at ``position`` with the ``part`` of a question, said for people."""
    rule = ALL[code]
    sentence, fix = (str(text) % facts if facts else str(text) for text in (rule.rule, rule.fix))
    return Fault(position, FIELDS.get(part, part), code, sentence, fix)
