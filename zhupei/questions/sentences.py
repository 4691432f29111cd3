"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.questions.events import CaseEvent as C
from zhupei.questions.events import ItemEvent as I
from zhupei.questions.events import QuestionEvent as E
from zhupei.questions.events import ReviewEvent as R
from zhupei.questions.events import SealEvent as S

SENTENCES = {
    E.SET_STARTED: _("%(actor)s 新建了题库"),
    E.ITEMS_IMPORTED: _("%(actor)s 从“%(file)s”导入 %(count)s 题，%(passed_over)s 题已在库中"),
    E.ITEMS_EXPORTED: _("%(actor)s 导出了 %(count)s 题（%(format)s，%(scope)s）"),
    E.ORIGIN_SET: _("%(actor)s 写明题库来自%(origin)s"),
    E.PUBLISHED: _("%(actor)s 发布了题库"),
    E.RETIRED: _("%(actor)s 停用了题库：%(note)s"),
    E.ITEMS_VIEWED: _("%(actor)s 查看了试题和答案"),
    I.ITEM_DRAFTED: _("%(actor)s 编写了%(thing)s"),
    I.ITEM_VIEWED: _("%(actor)s 打开了%(thing)s"),
    I.ITEM_PUBLISHED: _("%(thing)s 发布使用"),
    I.ITEM_RETIRED: _("%(actor)s 停用了%(thing)s：%(note)s"),
    I.VERSION_BEGUN: _("%(actor)s 开始写第 %(number)s 版"),
    I.VERSION_CHANGED: _("%(actor)s 修改了第 %(number)s 版草稿"),
    I.VERSION_SUBMITTED: _("%(actor)s 提交第 %(number)s 版审题"),
    I.VERSION_WITHDRAWN: _("%(actor)s 撤回第 %(number)s 版"),
    I.VERSION_RETURNED: _("第 %(number)s 版退回作者"),
    I.VERSION_PUBLISHED: _("第 %(number)s 版通过审题，发布使用"),
    I.VERSION_REPLACED: _("第 %(number)s 版被新版替换"),
    I.VERSION_DROPPED: _("%(actor)s 作废第 %(number)s 版"),
    R.EXPERT_ASKED: _("请 %(expert)s 审第 %(number)s 版"),
    R.EXPERT_RELIEVED: _("%(actor)s 改派审题：%(before)s 换为 %(expert)s"),
    R.AGREED: _("%(actor)s 审第 %(number)s 版：同意"),
    R.OBJECTED: _("%(actor)s 审第 %(number)s 版：退回修改"),
    R.FLAGGED: _("第 %(number)s 版使用中发现疑点，请专家再审：%(note)s"),
    R.HELD_BACK: _("第 %(number)s 版考后更正过，暂停抽用，请专家再审：%(note)s"),
    R.KEPT: _("专家再审第 %(number)s 版：没有问题，继续使用"),
    R.WAITS: _("第 %(number)s 版通过审题，等同一案例的小题都通过后一起发布"),
    R.FOUND_FAULTY: _("专家再审第 %(number)s 版：需要修改，暂停抽用"),
    R.SAME: _("%(actor)s 认定与%(other)s是同一道题"),
    R.DIFFERENT: _("%(actor)s 认定与%(other)s不是同一道题"),
    S.SEALED: _("%(actor)s 封存了题库"),
    S.UNSEAL_ASKED: _("%(actor)s 申请启封：%(note)s"),
    S.UNSEALED: _("%(actor)s 确认启封"),
    S.KEPT_SEALED: _("%(actor)s 不同意启封，继续封存"),
    S.NAMED: _("%(actor)s 提出让 %(person)s 具名查看：%(note)s"),
    S.KEY_GIVEN: _("%(actor)s 确认 %(person)s 可以具名查看"),
    S.KEY_TAKEN: _("%(actor)s 取消 %(person)s 的具名查看"),
    S.RELEASE_ASKED: _(
        "%(actor)s 提出让细目表“%(blueprint)s”从%(thing)s抽题，到 %(until)s：%(note)s"
    ),
    S.RELEASED: _("%(actor)s 确认细目表“%(blueprint)s”可以从%(thing)s抽题，到 %(until)s"),
    S.RELEASE_ENDED: _("%(actor)s 停止让细目表“%(blueprint)s”从%(thing)s抽题"),
    S.DRAWN: _(
        "系统按细目表“%(blueprint)s”从%(thing)s抽 %(count)s 题"
        "组卷 %(forms)s 套（%(what)s），没有人看题"
    ),
    C.CASE_WRITTEN: _("%(actor)s 编写了案例"),
    C.CASE_CHANGED: _("%(actor)s 修改了案例草稿"),
    C.CASE_FOLLOWED: _("%(actor)s 改写案例，%(count)s 道小题跟着写新版"),
    C.CASE_IN_FORCE: _("改写的案例和 %(count)s 道小题一起发布使用"),
    C.CASE_GIVEN_UP: _("%(actor)s 放弃改写案例，%(count)s 道小题的新版作废：“%(note)s”"),
}
