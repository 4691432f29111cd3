"""What the scripts of the exam say, in the reader's language; ``%(name)s`` are filled there."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    # the question
    "question": _("第 %(number)s 题"),
    "of": _("共 %(count)s 题，"),
    "points": _("本题 %(points)s 分"),
    "range_points": _("%(range)s，每题 %(points)s 分"),
    "one_points": _("%(range)s，%(points)s 分"),
    "cases": _("案例题"),
    "case": _("案例 %(number)s"),
    "gap": _("第 %(number)s 空"),
    "gap_of": _("第 %(number)s 空，共 %(count)s 空"),
    "picture": _("图 %(number)s"),
    "enlarge": _("放大"),
    "flag": _("标记待查"),
    "unflag": _("取消标记"),
    "single_hint": _("单选题，只有一个正确答案。"),
    "multiple_hint": _("多选题，全部选对才得分。"),
    "judge_hint": _("判断题。"),
    "blank_hint": _("填空题，停下来不写就自动保存。"),
    "essay_hint": _("简答题，停下来不写就自动保存。"),
    "written": _("已写 %(count)s 字（不计空格），最多 %(longest)s 个字符。"),
    "written_full": _("已经写满。"),
    "surplus": _(
        "粘贴的内容太长：最多写 %(longest)s 个字符，多出的 %(count)s 个字符没有放进答案，"
        "留在下面，可以从中挑选。"
    ),
    "surplus_rest": _("没有放进答案的内容"),
    "surplus_drop": _("不要这些内容"),
    # its mark
    "saved": _("已保存 %(time)s"),
    "saving": _("正在保存"),
    "local": _("只在本机，重传中"),
    "blank": _("还没有作答"),
    "given_letters": _("选了 %(letters)s"),
    "given_blanks": _("填了 %(done)s 空，共 %(count)s 空"),
    "given_essay": _("写了 %(count)s 字"),
    "taken_back": _("答案已清空"),
    "at_server": _("已存到服务器。"),
    "to_server": _("正在存到服务器。"),
    "at_home": _("已存在本机，网络恢复后自动上传。"),
    # all of them
    "answered": _("已答 %(done)s / %(count)s"),
    "short_counts": _("已答 %(done)s，未答 %(blank)s，标记 %(flagged)s"),
    "count_saved": _("已存到服务器 %(count)s"),
    "count_local": _("只在本机 %(count)s"),
    "count_flagged": _("已标记 %(count)s"),
    "count_blank": _("未答 %(count)s"),
    "tile": _("第 %(number)s 题，%(state)s"),
    "tile_flagged": _("已标记"),
    # network and time
    "online": _("网络正常"),
    "slow": _("正在重传"),
    "offline": _("网络断开，答案存在本机"),
    "until": _("%(time)s 收卷（北京时间）"),
    "minutes_left": _("还剩 %(minutes)s 分钟"),
    "goes_on": _("考试继续，可以作答。"),
    "time_added": _("监考增加了 %(minutes)s 分钟。"),
    "time_taken": _("收卷时间提前了 %(minutes)s 分钟。"),
    "elsewhere": _(
        "这份卷也在另一个窗口或另一台机器上作答。同一题以最后改的为准，这里已换成最新的答案。"
    ),
    "no_ticket": _("本页的作答凭证失效。请刷新本页；仍不行请告诉监考人员。"),
    "no_storage": _("这个浏览器不能在本机暂存答案，请保持网络畅通。"),
    # handing in
    "blank_list": _("还有 %(count)s 题没有作答："),
    "flagged_list": _("标记待查 %(count)s 题："),
    "all_answered": _("全部题目都已作答。"),
    "local_list": _("有 %(count)s 题的答案还没有传到服务器，交卷前会先上传。"),
    "handing_in": _("正在交卷…"),
    "hand_in_offline": _("网络断开，现在不能交卷。答案都存在本机，网络恢复后请再点一次交卷。"),
    "time_up": _("考试时间到"),
    "time_up_sending": _("正在上传最后的答案并交卷，请不要关闭本页。"),
    "time_up_offline": _(
        "网络断开。服务器按已收到的答案收卷，网络恢复后本页会显示结果。请告诉监考人员。"
    ),
    "handed_in": _("已经交卷"),
    "what_was_saved": _("服务器收到 %(saved)s 题的答案。"),
    "what_was_lost": _("第 %(numbers)s 题的最后修改没有在收卷前传到，按之前存上的答案计。"),
    # the rehearsal
    "rehearsed": _("演练结束"),
    "rehearsed_count": _("交卷时答了 %(done)s 题，共 %(count)s 题。演练不评分，答案没有留下。"),
    "rehearsed_then": _("考试那天页面和这里一样。交卷后有回执，写明服务器收到多少题和答卷指纹。"),
    "guide_count": _("做了 %(done)s 项，共 %(count)s 项"),
    "guide_done": _("做过了："),
    "guide_open": _("还没有做："),
    "guide_save": _("选一个答案，看题目下方出现“已保存”"),
    "guide_cut": _("按“断开网络”，再答一题，看到“只在本机”"),
    "guide_back": _("按“恢复网络”，看它变成“已保存”"),
    "guide_off": _("断开网络"),
    "guide_mend": _("恢复网络"),
    "guide_size": _("换一个字号"),
    "guide_flag": _("给一道题标记待查"),
    "guide_reload": _("刷新本页，看答案还在"),
}
