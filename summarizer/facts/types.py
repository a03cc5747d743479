"""What kind of document an item is, by the grammar of its title, and its stage in law.

A draft's suffix wins over everything. 关于印发《…办法》的通知 is first the measures, second the notice that
carries them. A report has the type of what it reports, at confidence 0.7.
"""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from collections.abc import Iterator

from dibao.store import DOCUMENT_TYPES, Fact

from .reading import Part, Reading, sentence_at

_Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str], flags: int = 0) -> _Rules:
    return tuple((re.compile(pattern, flags), key) for pattern, key in pairs)


# Tried in this order on the whole title; the first that fits decides.
_SPECIAL_ZH = _rules(
    (r"意见反馈(?:期限|时间|截止)|延长.{0,40}(?:征求意见|意见反馈|咨询)", "consultation"),
    (r"(?:征求意见|意见征集|征集意见).{0,12}(?:反馈|采纳|情况|总结)|[谘咨]询总结", "conclusions"),
    (r"征求意见|意见征询|[谘咨]询文件|公开咨询|草案|修订稿[）)]?公开|展开(?:公众)?[谘咨]询", "consultation"),
    (r"答记者问|答问|问答", "qa"),
    (r"解读|图解|一图|起草说明|编制说明", "interpretation"),
    (r"(?:提案|建议).{0,12}答复|答复.{0,6}(?:提案|建议)", "reply_to_proposal"),
    (r"市场禁入", "market_ban"),
    (r"监管措施|警示函|监管谈话|责令改正|监管函|关注函|问询函", "supervisory_measure"),
    (r"行政处罚|罚决?字|处罚决定|处罚信息", "penalty"),
    (r"纪律行动|检控|谴责|罚款|执法行动|执法通讯", "enforcement"),
    (r"更正|勘误", "correction"),
    (r"行政许可", "licence"),
    # The daily notice of what was bought and sold binds nobody.
    (r"交易公告|操作公告|(?:招标|中标|发行)结果", "press_release"),
    (r"风险提示|消费提示|警惕|风险警示", "risk_alert"),
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
    (r"(?:规则|规程|规约)$", "rules"),
    (r"指引$", "guidelines"),
    (r"指南$", "guide"),
    (r"准则$", "code"),
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
    (r"(?:标准|规范|要求|框架)$", "standards"),
    (r"备忘录$", "memorandum"),
    (r"解释$", "judicial_interpretation"),
    (r"政策声明$", "policy_statement"),
    (r"监管声明$", "supervisory_statement"),
    (r"讨论文件$", "discussion_paper"),
    (r"最终规则$", "final_rule"),
    (r"声明$", "statement"),
    (r"(?:报告|公报|年报|报告书)$", "report"),
    (r"新闻(?:稿|公报)$", "press_release"),
    (r"答复$", "reply_to_proposal"),
)
_EN = _rules(
    # Series that say what they are, and labels that correct what they name.
    (r"^PS\s?[0-9]", "policy_statement"),
    (r"^SS\s?[0-9]", "supervisory_statement"),
    (r"^DP\s?[0-9]", "discussion_paper"),
    (r"^CP\s?[0-9]", "consultation"),
    (r"^FG\s?[0-9]|\bfinali[sz]ed guidance\b|^advisory\b", "guidance"),
    (r"; correct(?:ion|ing)|\bcorrecting amendments?\b|\bcorrigendum\b", "correction"),
    (r"\badvance notice of proposed rulemaking\b|\bANPR\b", "advance_notice"),
    (r"\bconsultation conclusions\b|\bconclud(?:es|ed) (?:its )?consultation\b|\bfeedback statement\b|\bresponse to (?:feedback|comments)\b|\bsummary of responses\b", "conclusions"),
    (r"\binterim final rules?\b", "interim_final_rule"),
    (r"\bproposed rules?\b|\bnotice of proposed rulemaking\b|\bNPRM\b|\bproposes? (?:to |new |rules?|amend|changes)|\bproposed (?:amendments|changes)", "proposed_rule"),
    (r"\bfinal rules?\b|\b(?:adopts?|finali[sz]es?)\b.{0,60}\b(?:rules?|amendments|regulations?)\b", "final_rule"),
    (r"\bconsultation\b|\bconsults?\b|\brequests? for (?:comments?|information)\b|\bseeks? (?:public )?(?:comments?|feedback|views|input)\b|\bexposure draft\b|\b(?:for|seek(?:s|ing)?|open for) (?:public )?comments?\b|\bpublic comment\b|\bcalls? for (?:evidence|input|views|advice)\b", "consultation"),
    (r"\bpolicy statement\b", "policy_statement"),
    (r"\bsupervisory statement\b", "supervisory_statement"),
    (r"\bdiscussion paper\b", "discussion_paper"),
    (r"\bSR letter\b|^(?:SR|CA) [0-9]{1,2}-[0-9]|\bsupervision and regulation letter\b", "supervisory_letter"),
    (r"\bQ\s?&\s?As?\b|\bquestions and answers\b|\bFAQs?\b|\bfrequently asked questions\b", "qa"),
    (r"\bcorrection\b|\bcorrigendum\b", "correction"),
    (r"\bspeech\b|\bremarks\b|\bkeynote\b|\btestimony\b|\binterview with\b|\bstatement (?:by|of) (?:chair|commissioner|governor)", "speech"),
    (r"\bmemorandum of understanding\b|\bMoU\b", "memorandum"),
    (r"\bcharges?\b|\bcharged\b|\bfine[sd]?\b|\bpenalt(?:y|ies)\b|\bsettle[sd]?\b|\bsettlement\b|\bcease[ -]and[ -]desist\b|\bconsent orders?\b|\benforcement actions?\b|\bsanction(?:s|ed)\b"
     r"|\breprimand(?:s|ed)?\b|\bban(?:s|ned)\b|\bdisciplinary action\b|\bconvicted\b|\bsentenced\b|\bfinal notice\b|\bdisgorgement\b|\b(?:final|consent|default) judgments?\b|\bfraud (?:scheme|charges|case)\b|\borders? .{2,60} to pay\b", "enforcement"),
    (r"\bno-action letter\b|\bcomment letter\b", "letter"),
    (r"\btechnical standards?\b|\bRTS\b|\bITS\b", "technical_standards"),
    (r"\bdelegated regulation\b|\bimplementing regulation\b|\bregulation \((?:EU|EC)\)|\bregulations\b", "regulation"),
    (r"\bdirective\b|\bdirections?,? 20[0-9]{2}", "directive"),
    (r"\bcircular\b|\bDear C[EF]O\b", "circular"),
    (r"\bguiding opinions\b", "guiding_opinions"),
    (r"\binterim measures\b|\btrial measures\b", "interim_measures"),
    (r"\b(?:administrative )?measures (?:for|on)\b", "measures"),
    (r"\bguidelines?\b|\bsupervisory policy manual\b", "guidelines"),
    (r"\bguidance\b", "guidance"),
    (r"\bguide\b|\bhandbook\b", "guide"),
    (r"\bdata security standard|\btechnical specification\b", "standards"),
    (r"\baction plan\b", "action_plan"),
    (r"\bnotice (?:of|on|to|regarding)\b|\bnotice (?:[A-Z]{2,4})?[0-9]", "notice"),
    (r"\borders?\b(?= (?:approving|granting|denying|instituting|making))|\bexecutive order\b", "order"),
    (r"\brisk alert\b|\binvestor alert\b|\bscam|\bwarns? (?:of|about|against|(?:the )?public|consumers|investors)\b|\bwarning\b", "risk_alert"),
    (r"\bmonetary policy decisions?\b", "decision"),
    (r"\bstatistics\b|\bstatistical\b|\bmonthly data\b|\bindustrial production\b", "statistics"),
    (r"\breport\b|\breview\b|\boutlook\b|\bbulletin\b|\bworking paper\b", "report"),
    (r"\bstatement\b|\bcommuniqu[eé]\b", "statement"),
    flags=re.IGNORECASE,
)  # fmt: skip
_COLUMN_ZH = {"consultation": "consultation", "penalty": "penalty", "interpretation": "interpretation",
              "speech": "speech", "circular": "circular", "licence": "licence", "news": "press_release"}  # fmt: skip
_COLUMN_EN = {**_COLUMN_ZH, "penalty": "enforcement"}
_TYPE_LABELS = ("Action", "DocumentType", "Documenttype", "Type", "文种", "公文种类")
_TALK_LINE = re.compile(
    r"^[^\n]{0,12}?\b(?:Speech|Remarks|Keynote(?: (?:speech|address))?|Opening (?:remarks|address)|Testimony|Lecture|Welcome address)"
    r" (?:by|at|of|to|before|delivered)\b"
    r"|^——?在[^\n。]{4,60}上的(?:讲话|致辞|发言|演讲)",
    re.MULTILINE,
)
"""A line under the title that says what the page is."""
_TALK_HEAD = 400
_OPEN_EN = re.compile(
    r"\b(?:open for|subject to|launch(?:es|ed)?|under) (?:a )?(?:public )?consultation\b|\b(?:public )?consultation until\b",
    re.IGNORECASE,
)
_FINAL_EN = frozenset({"final_rule", "interim_final_rule", "policy_statement", "conclusions", "enforcement"})
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
_REPEAL = re.compile(r"(?:废止|宣布失效|停止执行).{0,60}的?(?:决定|通知|公告|令)")
_REPORTED_ZH = re.compile(
    r"(?:发布|印发|下发|公布|出台|颁布|制定|公开征求|征求|就|通过|推出)[^。！？；]{0,6}?"
    r"(?:[《「](?P<named>[^《》「」]{2,90})[》」]|(?P<paper>政策声明|咨询文件|讨论文件|监管声明|最终规则)|(?P<bare>(?:了|关于)?[^。！？；，《》]{2,70}?"
    r"(?:指导意见|实施意见|意见|办法|规定|细则|规则|指引|指南|准则|通知|公告|决定|条例|规划|行动方案|行动计划|方案|批复|通报|征求意见稿)))"
)
_REPORTED_PLAIN = re.compile(r"(?:发布|印发|下发)了?(?:联合)?(?P<paper>公告|通知|通告)(?=[，。：；]|$)")
_CONSULTED = re.compile(r"征求(?:社会)?(?:公众)?意见(?!.{0,8}(?:反馈|采纳|情况))")
_REPORTED_EN = re.compile(
    r"\b(?:issu|releas|publish|adopt|propos|finali[sz]|unveil|announc|introduc|launch|fin|charg|consult|seek|impos|warn|approv|updat)[a-z]{0,5}\b",
    re.IGNORECASE,
)
_STATUS = {
    "现行有效": "in_force", "有效": "in_force", "尚未生效": "not_yet_in_force", "废止": "repealed", "已废止": "repealed",
    "失效": "repealed", "已被修改": "in_force", "已修改": "in_force",
}  # fmt: skip
_PUNISHED = re.compile(
    r"被(?:处以?|重)?罚|罚款|罚没|处罚(?!法|办法|规定|裁量|条例|制度|基准)|被[^，。]{0,8}警告"
)
_DRAFTS = {"consultation", "proposed_rule", "advance_notice", "discussion_paper"}
_ENFORCED = {"penalty", "enforcement", "market_ban", "supervisory_measure"}
_NO_STAGE = 0.35
_HEAD_SENTENCES = 2


def read_types(reading: Reading) -> Iterator[Fact]:
    """Yield the document type, and after it the notice that carries it when there is one."""
    if reading.official:
        yield from _official(reading)
    else:
        yield from _report(reading)


def title_type(title: str, *, chinese: bool) -> str:
    """Return the key of the document type that a title says, empty when it says none."""
    if chinese:
        return _chinese(title)[0]
    return next((key for pattern, key in _EN if pattern.search(title)), "")


def _official(reading: Reading) -> Iterator[Fact]:
    title = reading.title
    chinese = reading.lang == "zh"
    said = _said(reading, chinese)
    if said is not None:
        yield said
        return
    main, carrier = _chinese(title.text) if chinese else (title_type(title.text, chinese=False), "")
    span = (0, len(title.text))
    if main:
        yield reading.fact("document_type", main, title, span, confidence=0.95)
        if carrier:
            yield reading.fact("document_type", carrier, title, span, confidence=0.5)
        return
    reported = (
        _reported_zh(reading, title, len(title.text)) if chinese and reading.item.column == "news" else None
    )
    if reported:
        yield reading.fact("document_type", reported[0], title, reported[1], confidence=0.8)
        return
    by_column = (_COLUMN_ZH if chinese else _COLUMN_EN).get(reading.item.column, "")
    if by_column:
        yield reading.fact(
            "document_type",
            by_column,
            title,
            (0, 0),
            shown=reading.item.column,
            method="source",
            confidence=0.6,
        )


def _said(reading: Reading, chinese: bool) -> Fact | None:
    """The type that a label of the page or a line under the title says, above all that the title may look like."""
    label = reading.label(*_TYPE_LABELS)
    if label is not None:
        key = _ending(label.text) if chinese else title_type(label.text, chinese=False)
        if key:
            return reading.fact("document_type", key, label, (0, len(label.text)))
    by_title = "" if chinese else title_type(reading.title.text, chinese=False)
    if by_title not in ("", "statement", "report"):
        return _still_open(reading, by_title)
    for part in reading.body:
        match = _TALK_LINE.search(part.text, 0, _TALK_HEAD)
        if match:
            return reading.fact("document_type", "speech", part, match.span(), confidence=0.9)
    return None


def _still_open(reading: Reading, type_: str) -> Fact | None:
    """Say ``consultation`` for a paper whose first sentences invite comments on it: adopted, but not final."""
    if DOCUMENT_TYPES[type_].force == 0.0 or type_ in _FINAL_EN or reading.item.column != "news":
        return None
    for part in reading.body[:1]:
        end = part.sentences[:_HEAD_SENTENCES][-1][1] if part.sentences else 0
        match = _OPEN_EN.search(part.text, 0, end)
        if match:
            return reading.fact("document_type", "consultation", part, match.span(), confidence=0.8)
    return None


def _chinese(title: str) -> tuple[str, str]:
    """Return the type of a title and of the notice or order that carries it (empty: it stands alone)."""
    text = re.sub(r"\s+", "", title)
    for pattern, key in _SPECIAL_ZH:
        if pattern.search(text):
            return key, ""
    trial = bool(_TRIAL.search(text.rstrip("》〉")))
    bare = _TAIL.sub("", text) + ("（试行）" if trial else "")
    carried = _CARRIED.search(bare)
    if carried:
        inside = _ending(carried["named"] or carried["bare"])
        if inside:
            return inside, _ending(bare)
    if _ORDER_TITLE.search(text):
        inner = _PAREN_OBJECT.search(text) or _ORDER_THEN_NAME.search(text)
        inside = _ending(inner["name"]) if inner else ""
        order = "order" if re.search(r"令\s?(?:〔|\(|（|第|[0-9]{4}年)", text) else "announcement"
        return (inside, order) if inside else (order, "")
    return _ending(bare.rstrip("》〉")), ""


def _ending(text: str) -> str:
    text = text.strip("《》〈〉 ")
    if _TRIAL.search(text) and re.search(r"办法[（(]", text):
        return "interim_measures"
    bare = _TAIL.sub("", text).rstrip("》〉的") or text
    return next((key for pattern, key in _ENDS_ZH if pattern.search(bare)), "")


def _report(reading: Reading) -> Iterator[Fact]:
    """The type of what a report reports, else ``news_report``."""
    punished = _PUNISHED.search(reading.title.text) if reading.lang == "zh" else None
    if punished:
        bodies = (
            hit.entry.jurisdiction
            for hit in reading.glossary.find(reading.title.text, "zh")
            if hit.entry.kind == "org"
        )
        key = "enforcement" if any(place not in ("CN", "") for place in bodies) else "penalty"
        yield reading.fact("document_type", key, reading.title, punished.span(), confidence=0.7)
        return
    for part, end in _heads(reading):
        found = _reported_zh(reading, part, end) if reading.lang == "zh" else _reported_en(part, end)
        if found is not None:
            key, span = found
            yield reading.fact("document_type", key, part, span, confidence=0.7)
            return
    yield reading.fact("document_type", "news_report", reading.title, (0, 0), shown="", method="source")


def _heads(reading: Reading) -> Iterator[tuple[Part, int]]:
    yield reading.title, len(reading.title.text)
    for part in reading.body:
        if part.sentences:
            yield part, part.sentences[:_HEAD_SENTENCES][-1][1]


def _ends_with_body(reading: Reading, text: str) -> bool:
    """Whether the name of a body stands right before: a company's 公告 is no document of law."""
    hits = [hit for hit in reading.glossary.find(text[-40:], "zh") if hit.entry.kind == "org"]
    return bool(hits) and hits[-1].end >= len(text[-40:]) - 3


def _reported_zh(reading: Reading, part: Part, end: int) -> tuple[str, tuple[int, int]] | None:
    plain = _REPORTED_PLAIN.search(part.text, 0, end)
    if plain and _ends_with_body(reading, part.text[: plain.start()]):
        return _ending(plain["paper"]), plain.span("paper")
    for match in _REPORTED_ZH.finditer(part.text, 0, end):
        group = next(name for name in ("named", "paper", "bare") if match[name])
        name = match[group]
        if _CONSULTED.search(_clause(part, match)):
            return "consultation", match.span(group)
        key, _ = _chinese(name)
        if (key and key not in ("opinions", "letter")) or name.endswith("的意见"):
            return key, match.span(group)
        if group == "named" and not key and match.group().startswith("印发"):
            return "notice", match.span(group)
    return None


def _clause(part: Part, match: re.Match[str]) -> str:
    """The words of a report from its verb to the end of the sentence, at most 200 characters."""
    _, end = sentence_at(part, match.start())
    return part.text[match.start() : min(max(end, match.end()), match.start() + 200)]


def _reported_en(part: Part, end: int) -> tuple[str, tuple[int, int]] | None:
    for start, stop in part.sentences:
        if start >= end:
            break
        sentence = part.text[start:stop]
        if not _REPORTED_EN.search(sentence):
            continue
        for pattern, key in _EN:
            match = pattern.search(sentence)
            if match and key not in ("report", "statement", "speech", "notice"):
                return key, (start + match.start(), start + match.end())
    return None


def read_stage(reading: Reading, types: tuple[Fact, ...], dates: tuple[Fact, ...]) -> Iterator[Fact]:
    """Yield the stage: from the status label, the type, or the effective date as of the day of fetching."""
    label = reading.label("效力状态", "时效性", "有效性", "Status")
    if label is not None and label.text.strip() in _STATUS:
        yield reading.fact("stage", _STATUS[label.text.strip()], label, (0, len(label.text)))
        return
    if not types:
        return
    main = types[0]
    span = (main.evidence.start, main.evidence.end)
    part = next((p for p in reading.parts if p.field == main.evidence.field), reading.title)
    effective = next((f for f in dates if f.kind == "date_effective"), None)
    if main.value in _DRAFTS:
        stage = "draft"
    elif main.value in _ENFORCED:
        stage = "enforced"
    elif DOCUMENT_TYPES[main.value].force < _NO_STAGE:
        stage = "none"
    elif effective is not None:
        known = reading.item.fetched_at.date().isoformat()
        stage = "not_yet_in_force" if effective.value > known else "in_force"
    else:
        stage = "final"
    yield reading.fact("stage", stage, part, span, confidence=main.confidence)


def is_draft(types: tuple[Fact, ...]) -> bool:
    """Whether the document has no force yet, so that no effective date of it can be stated."""
    return bool(types) and types[0].value in _DRAFTS
