"""Chinese document types: by the grammar of a title, and by what the first sentences of a report say was issued.

A draft's suffix wins over everything. 关于印发《…办法》的通知 is first the measures, second the notice that
carries them.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re

from .reading import Part, Reading, sentence_at

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return tuple((re.compile(pattern), key) for pattern, key in pairs)


_NO_RULE = r"(?!.{0,40}(?:办法|规定|条例|规则|细则|基准|指引|指南|程序)(?:[（(][^（）()]{0,20}[)）])?[》〉]?(?:的?(?:通知|公告|决定))?$)"
"""Not in the name of rules on how to punish."""

# Tried in this order on the whole title; the first that fits decides.
_SPECIAL_ZH = _rules(
    (r"意见反馈(?:期限|时间|截止)|延长.{0,40}(?:征求意见|意见反馈|咨询)", "consultation"),
    (r"(?:征求意见|意见征集|征集意见).{0,12}(?:反馈|采纳|情况|总结)|[谘咨]询总结", "conclusions"),
    (r"征求意见|意见征询|[谘咨]询文件|公开咨询|草案|修订稿[）)]?公开|展开(?:公众)?[谘咨]询", "consultation"),
    (r"答记者问|答问|问答", "qa"),
    (r"解读|图解|一图|(?:起草|编制|修订|立法)(?:情况)?(?:的)?说明", "interpretation"),
    (r"(?:提案|建议).{0,12}答复|答复.{0,6}(?:提案|建议)", "reply_to_proposal"),
    (r"市场禁入", "market_ban"),
    (r"监管措施|警示函|监管谈话|责令改正|监管函|关注函|问询函", "supervisory_measure"),
    (
        rf"(?:行政处罚|罚决?字|罚(?:决)?[〔（(\[【]20[0-9]{{2}}|处罚决定|处罚信息|处罚公示|裁罚|裁处|罚锾){_NO_RULE}",
        "penalty",
    ),
    (r"(?:违规|违法|典型)案例|通报.{0,12}起?.{0,12}案(?:例|件)?$", "notification_of_results"),
    (
        rf"(?:纪律处分|通报批评|公开认定|纪律行动|检控|谴责|重[投返]业界|吊销.{{0,20}}牌照|罚款|执法行动|执法通讯){_NO_RULE}",
        "enforcement",
    ),
    (r"更正|勘误", "correction"),
    (r"行政许可", "licence"),
    # The daily notice of what was bought and sold binds nobody.
    (r"交易公告|操作公告|(?:招标|中标|发行)结果", "press_release"),
    (r"风险提示|消费提示|警惕|风险警示|预警|防范[^。，]{2,30}提示", "risk_alert"),
    (r"^(?:GB|JR|YD|GA|SJ|TC260|T)(?:/[TZA-Z]{1,10})?[ \u3000-]?[0-9]", "standards"),
    (r"会计准则解释", "code"),
    (r"公示(?:表|稿|期)?(?:$|[（(])|报批公示", "publicity"),
    (r"讲话|致辞|演讲|演辞|发言|署名文章|专访", "speech"),
    (r"谅解备忘录|合作备忘录", "memorandum"),
    (
        r"统计数据|统计报告|统计表|运行情况|数据报告|资产负债表|指标.{0,4}情况|数据情况|情况表$|储备规模",
        "statistics",
    ),
    (r"^[\u4e00-\u9fff]{2,20}决定(?:上调|下调|提高|降低|调整|下降|暂停|恢复|取消|终止|延长)", "decision"),
)
# The last noun of a title; longer ones first.
_ENDS_ZH = _rules(
    (r"指导意见$", "guiding_opinions"),
    (r"实施意见$", "implementing_opinions"),
    (r"意见$", "opinions"),
    (r"(?:暂行|试行)(?:管理|监督管理)?办法$|办法[（(]试行[)）]$", "interim_measures"),
    (r"办法$", "measures"),
    (r"细则$", "detailed_rules"),
    (r"规定$", "provisions"),
    (r"(?:规则|规程|规约|章程|制度)$", "rules"),
    (r"指引$", "guidelines"),
    (r"(?:指南|手册)$", "guide"),
    (r"(?:准则|守则|公约)$", "code"),
    (r"(?:修正案|条例)$", "regulations"),
    (r"(?:法|法典)$", "law"),
    (r"决定$", "decision"),
    (r"通知$", "notice"),
    (r"公告$", "announcement"),
    (r"通告$", "public_notice"),
    (r"通报$", "notification_of_results"),
    (r"通函$", "circular"),
    (r"批复$", "approval_reply"),
    (r"函$", "letter"),
    (r"令$", "order"),
    (r"行动计划$|行动方案$", "action_plan"),
    (r"(?:规划|纲要|计划|工作要点)$", "plan"),
    (r"方案$", "scheme"),
    (r"(?:目录|清单|名单)$", "catalogue"),
    (r"(?:标准|规范|要求|框架|通则|导则)$", "standards"),
    (r"备忘录$", "memorandum"),
    (r"解释$", "judicial_interpretation"),
    (r"政策声明$", "policy_statement"),
    (r"监管声明$", "supervisory_statement"),
    (r"讨论文件$", "discussion_paper"),
    (r"最终规则$", "final_rule"),
    (r"声明$", "statement"),
    (r"(?:报告|公报|年报|报告书|白皮书)$", "report"),
    (r"新闻(?:稿|公报)$", "press_release"),
    (r"答复$", "reply_to_proposal"),
)
_CARRIED = re.compile(
    r"(?:印发|发布|公布|下发|实施|试行|施行)(?:[〈《「](?P<named>[^〈〉《》]{2,90})[〉》」]|(?P<bare>[^《》]{2,70}?))(?:[等]{0,1})(?:的|）的)?(?:通知|公告|函|通告)$"
)
_TAIL = re.compile(
    r"(?:[（(][^（）()]{0,40}[)）]|(?:19|20)[0-9]{2}年(?:版|修订|第[0-9]{1,3}号)|第?[0-9]{1,4}号|[\s.。])+$"
)
_TRIAL = re.compile(r"[（(](?:暂行|试行)[)）]$")
_PAREN_OBJECT = re.compile(r"[（(]《?(?P<name>[^（）()《》]{4,80})》?[)）]$")
_ORDER_TITLE = re.compile(r"(?:令|公告)\s{0,2}(?:〔|\(|（|\[|［|【|第|[0-9]{4}年)")
_ORDER_THEN_NAME = re.compile(
    r"^[\u4e00-\u9fff]{2,40}令(?:〔[0-9]{4}〕)?第?[0-9]{1,4}号(?P<name>[^（(《]{4,80})$"
)
_REPORTED_ZH = re.compile(
    r"(?:发布|印发|下发|公布|出台|颁布|制定|公开征求|征求|就|通过|推出)[^。！？；]{0,6}?"
    r"(?:[《「](?P<named>[^《》「」]{2,90})[》」]|(?P<paper>政策声明|咨询文件|讨论文件|监管声明|最终规则)|(?P<bare>(?:了|关于)?[^。！？；，《》]{2,70}?"
    r"(?:指导意见|实施意见|意见|办法|规定|细则|规则|指引|指南|准则|通知|公告|决定|条例|规划|行动方案|行动计划|方案|批复|通报|征求意见稿)))"
)
_REPORTED_PLAIN = re.compile(
    r"(?:发布|印发|下发)了?(?:联合)?(?:(?P<paper>公告|通知|通告)(?=[，。：；]|$)|(?:[^。；，《》\n]{0,24}的)?(?P<alert>风险提示|消费者?提示|风险警示))"
)
_CONSULTED = re.compile(
    r"(?:征求(?:社会)?(?:公众)?意见|公开[咨谘]询|(?:展开|启动|进行)(?:公众)?[咨谘]询)(?!.{0,8}(?:反馈|采纳|情况|总结))"
)
PUNISHED = re.compile(
    r"被(?:处以?|重)?罚|[领遭获挨受]罚(?![金则])|罚单|开罚|罚款|罚没|处罚(?!法|办法|规定|裁量|条例|制度|基准)|被[^，。]{0,8}警告"
)

SETTLED = re.compile(
    r"(?:支付|缴纳|缴付|付)[^。，；]{0,24}(?:和解|了结)|(?:和解|了结)[^。，；]{0,20}(?:指控|调查|案)"
)

_FALLEN = re.compile(r"(?:废止|失效)[^，。]{0,30}(?:目录|清单|名单)$")


def chinese_title(title: str) -> tuple[str, str]:
    """Return the type of a title and of the notice or order that carries it (empty: it stands alone)."""
    text = re.sub(r"\s+", "", title)
    for pattern, key in _SPECIAL_ZH:
        if pattern.search(text):
            return key, ""
    trial = bool(_TRIAL.search(text.rstrip("》〉")))
    bare = _TAIL.sub("", text) + ("（试行）" if trial else "")
    carried = _CARRIED.search(bare)
    # What is published of papers that fall away is the list of them: 关于公布废止文件目录的通知.
    if carried and not (carried["bare"] and _FALLEN.search(carried["bare"])):
        inside = chinese_ending(carried["named"] or carried["bare"])
        if inside:
            return inside, chinese_ending(bare)
    if _ORDER_TITLE.search(text):
        inner = _PAREN_OBJECT.search(text) or _ORDER_THEN_NAME.search(text)
        inside = chinese_ending(inner["name"]) if inner else ""
        order = "order" if re.search(r"令\s?(?:〔|\(|（|第|[0-9]{4}年)", text) else "announcement"
        return (inside, order) if inside else (order, "")
    return chinese_ending(bare.rstrip("》〉")), ""


_SUBTITLE = re.compile(r"(?<=[\u4e00-\u9fff)）])(?:——|—|[：:])(?=[^：:—]{2,80}$)")


def chinese_ending(text: str) -> str:
    text = text.strip("《》〈〉 ")
    if _TRIAL.search(text) and re.search(r"办法[（(]", text):
        return "interim_measures"
    bare = _TAIL.sub("", text).rstrip("》〉的") or text
    key = next((key for pattern, key in _ENDS_ZH if pattern.search(bare)), "")
    if not key and (whole := _SUBTITLE.search(bare)):
        # 指引第1号——规范运作, 第006号通告：识别受益所有人: what stands before says what it is.
        return chinese_ending(bare[: whole.start()])
    return key


_PUNISHES = re.compile(
    r"处罚决定书文号|行政处罚(?:内容|决定)[ \u3000]{0,4}[|｜：:\t\n]|被处罚(?:当事人|单位|人|机构)|处罚事由|罚款金额"
)
_PUNISHES_HEAD = 800


def chinese_table(part: Part) -> tuple[int, int] | None:
    """Return where the head of a text shows that it is a table of penalties."""
    table = _PUNISHES.search(part.text, 0, _PUNISHES_HEAD)
    return table.span() if table else None


def _ends_with_body(reading: Reading, text: str) -> bool:
    """Whether the name of a body stands right before: a company's 公告 is no document of law."""
    hits = [hit for hit in reading.glossary.find(text[-40:], "zh") if hit.entry.kind == "org"]
    return bool(hits) and hits[-1].end >= len(text[-40:]) - 3


def chinese_report(reading: Reading, part: Part, end: int) -> tuple[str, tuple[int, int]] | None:
    plain = _REPORTED_PLAIN.search(part.text, 0, end)
    if plain and _ends_with_body(reading, part.text[: plain.start()]):
        if plain["alert"]:
            return "risk_alert", plain.span("alert")
        return chinese_ending(plain["paper"]), plain.span("paper")
    for match in _REPORTED_ZH.finditer(part.text, 0, end):
        group = next(name for name in ("named", "paper", "bare") if match[name])
        name = match[group]
        if _CONSULTED.search(_clause(part, match)):
            return "consultation", match.span(group)
        key, _ = chinese_title(name)
        if (key and key not in ("opinions", "letter")) or name.endswith("的意见"):
            return key, match.span(group)
        if group == "named" and not key and match.group().startswith("印发"):
            return "notice", match.span(group)
    return None


def _clause(part: Part, match: re.Match[str]) -> str:
    """The words of a report from its verb to the end of the sentence, at most 200 characters."""
    _, end = sentence_at(part, match.start())
    return part.text[match.start() : min(max(end, match.end()), match.start() + 200)]
