"""Chinese titles: issuer, deed, type and subject, by the title grammar of official documents."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .lexicon import Token, chinese_integer, chinese_tokens

if TYPE_CHECKING:
    from ..glossary import Glossary

_TYPE_ROWS = """
指导意见 guiding_opinions|guiding opinions|on
实施意见 implementing_opinions|implementing opinions|on
若干意见 opinions|opinions|on
意见 opinions|opinions|on
暂行规定 provisions|interim provisions|on
管理规定 provisions|administrative provisions|on
规定 provisions|provisions|on
暂行办法 interim_measures|interim measures|for
试行办法 measures|trial measures|for
实施办法 measures|implementing measures|for
办法 measures|measures|for
实施细则 detailed_rules|implementing rules|for
细则 detailed_rules|detailed rules|for
实施条例 regulations|implementing regulations|for
条例 regulations|regulations|on
规则 rules|rules|on
业务指引 guidelines|business guidelines|for
指引 guidelines|guidelines|on
操作指南 guide|operating guide|to
指南 guide|guide|to
准则 code|standards|on
行动方案 scheme|action plan|for
工作方案 scheme|work plan|for
实施方案 scheme|implementation plan|for
方案 scheme|plan|for
行动计划 action_plan|action plan|for
发展规划 plan|development plan|for
规划 plan|plan|for
若干措施 opinions|measures|on
紧急通知 notice|urgent notice|on
补充通知 notice|supplementary notice|on
通知 notice|notice|on
公告 announcement|announcement|on
通告 public_notice|public notice|on
通报 notification_of_results|notification|on
公示 publicity|notice for objections|on
决定 decision|decision|on
复函 letter|letter of reply|on
函 letter|letter|on
批复 approval_reply|official reply|on
答复 reply_to_proposal|reply|on
风险提示 risk_alert|risk alert|on
提示 risk_alert|alert|on
解读 interpretation|policy interpretation|on
说明 interpretation|explanatory note|on
报告 report|report|on
备忘录 memorandum|memorandum|on
技术规范 standards|technical specification|for
规范 standards|specification|for
"""


@dataclass(frozen=True, slots=True)
class TitleType:
    zh: str
    key: str
    en: str
    prep: str


TYPES: tuple[TitleType, ...] = tuple(
    TitleType(zh, *rest.split("|"))
    for zh, rest in (row.split(" ", 1) for row in _TYPE_ROWS.strip().splitlines())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a Chinese title says was done. ``subject`` and ``instruments`` are pieces of the title."""

    deed: str
    """issue, forward, consult, amend, repeal, adjust, qa, approve, penalty, measure, reply, explain, say, title."""
    issuers: tuple[str, ...] = ()
    """English short names, in the order of the title."""
    bodies: tuple[str, ...] = ()
    """Their ids in the glossary."""
    departments: int = 0
    """Number of issuers that the title counts (…等七部门)."""
    kind: TitleType | None = None
    subject: str = ""
    instruments: tuple[str, ...] = ()
    draft: bool = False
    number: str = ""


_QUOTES = str.maketrans(
    {":": "：", ",": "，", "(": "（", ")": "）", ";": "；", "?": "？", "﹕": "：", "\u3000": " "}
)
_NUMBER_TAIL = re.compile(r"（([^（）]{0,20}〔\d{4}〕[^（）]{1,12}号)）$")
_OFFICE = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{2,4}?)(?:省|市|自治区|维吾尔自治区|壮族自治区|回族自治区)?"
    r"(?P<office>监管局|监管分局|分行|中心支行|支行|分局|营业管理部)"
)


def normalise(title: str) -> str:
    """Full-width punctuation, no line breaks, no 36Kr-style lead-in, no correction marks in front."""
    text = re.sub(r"\s+", " ", title.translate(_QUOTES)).strip()
    text = re.sub(r"(?<=[\u4e00-\u9fff》，：）]) (?=[\u4e00-\u9fff《“（])|(?<=》) (?=的)", " ", text)
    return re.sub(r"^(?:【[^】]{1,20}】|36氪获悉，|财联社\d{1,2}月\d{1,2}日电，)+", "", text)[:300]


def read_title(title: str, glossary: Glossary) -> Act:
    """Read a title; what no rule knows comes out as the deed ``title`` with the whole as subject."""
    text = normalise(title)
    number = ""
    if match := _NUMBER_TAIL.search(text):
        number, text = match[1], text[: match.start()]
    issuers, bodies, departments, rest = _issuers(text, glossary)
    draft = bool(re.search(r"征求意见稿|征求[^。]{0,80}意见|草案|就《?.{2,80}征求意见", rest))
    act = _deed(rest.strip(" "), issued=bool(issuers))
    return Act(
        deed=act.deed, issuers=issuers, bodies=bodies, departments=departments, kind=act.kind, subject=act.subject,
        instruments=act.instruments, draft=draft or act.draft, number=act.number or number,
    )  # fmt: skip


def _issuers(text: str, glossary: Glossary) -> tuple[tuple[str, ...], tuple[str, ...], int, str]:
    hits = {hit.start: hit for hit in glossary.find(text[:200], "zh") if hit.entry.kind == "org"}
    names: list[str] = []
    bodies: list[str] = []
    at = 0
    while hit := hits.get(at):
        name = glossary.bodies[hit.entry.id].short_en
        at = hit.end
        if (office := _OFFICE.match(text, at)) and (place := _place(office["place"], glossary)):
            name, at = f"{name} {place} office", office.end()
        if suffix := re.match(r"(?:办公厅|办公室|综合司)(?=关于|印发|发布|公告|就|等| )", text[at:]):
            at += suffix.end()
        names.append(name)
        bodies.append(hit.entry.id)
        if gap := re.match(r"[ 、]|(?:和|与|及|会同|联合)(?=[\u4e00-\u9fff])", text[at:]):
            if at + gap.end() not in hits:
                break
            at += gap.end()
    departments = 0
    if names and (
        many := re.match(r"等([一二三四五六七八九十\d]{1,3})(?:个)?(?:部门|部委|单位|机关)", text[at:])
    ):
        departments = chinese_integer(many[1])
        at += many.end()
    return tuple(dict.fromkeys(names)), tuple(dict.fromkeys(bodies)), departments, text[at:]


def _place(name: str, glossary: Glossary) -> str:
    tokens = chinese_tokens(name, glossary)
    return tokens[0].target if len(tokens) == 1 and tokens[0].role == "place" else ""


def _deed(rest: str, *, issued: bool) -> Act:
    """Try the frames in order; the more particular ones first."""
    rest = re.sub(r"^(?:近日|日前|今日|今天|正式|联合|共同)+", "", rest)
    books = tuple(re.findall(r"《([^《》]+(?:《[^《》]+》[^《》]*)?)》", rest))
    if match := re.fullmatch(r"(令|公告)[〔（\[]?(?:(\d{4})年?[〕）\]]?)?第?(\d{1,5})号(?:（(.+)）)?", rest):
        return Act(deed="numbered", subject=match[4] or "", number=match[0].split("（")[0])
    if re.search(r"行政处罚(?:信息公开表|决定书|信息|公示|决定)", rest):
        return Act(deed="penalty", subject=rest)
    if match := re.search(
        r"就(.+?)(?:有关问题|有关情况|相关问题|相关情况)?答(?:《[^》]{1,20}》)?记者问", rest
    ):
        return Act(deed="qa", subject=unbook(match[1]), instruments=books[:1])
    if match := re.search(r"采取(.{2,30}?)(?:的?行政)?(?:监督管理|监管)?措施的?(?:决定|通知)?$", rest):
        return Act(deed="measure", subject=match[1])
    if re.search(r"征求.{0,90}意见(?!稿)|征求意见稿", rest):
        return _consult(rest, books)
    if match := re.search(r"^关于(.+)提案的?答复$", rest):
        return Act(deed="reply", subject=match[1])
    if match := re.match(
        r"(?:关于)?(印发|发布|公布|下发|转发|出台|施行)《(.+)》(?:等?\d*[项]?(?:金融)?(?:行业|国家|推荐性国家)?标准)?(?:的?(?:通知|公告|决定|令|通告))?$",
        rest,
    ):
        deed = "forward" if match[1] == "转发" else "issue"
        return Act(deed=deed, instruments=books or (match[2],))
    if match := re.match(r"(?:关于)?(?:印发|发布|公布)(.+)的(?:通知|公告|通告)$", rest):
        return Act(deed="issue", instruments=(match[1],))
    if match := re.match(
        r"(?:关于)?(修改|修订|修正|废止|调整|废止和修改|修改和废止)(.+?)(?:的?(决定|通知|公告))?$", rest
    ):
        deed = {"废止": "repeal", "调整": "adjust"}.get(match[1], "amend")
        if books:
            return Act(deed=deed, instruments=books)
        if match[3] and deed != "adjust":
            return Act(deed=deed, subject=match[2])
    if match := re.match(r"关于(同意|核准|批准)?(.+)的批复$", rest):
        return Act(deed="approve", subject=match[2], kind=type_named("批复"))
    if match := re.match(r"(?:发布|印发|公布|出台)?关于(.+)的([\u4e00-\u9fff]{1,6})$", rest):
        kind = type_named(match[2])
        if kind:
            return Act(deed="issue", subject=unbook(match[1]), kind=kind)
    if match := re.match(r"(?:印发|发布|公布|出台|下发)(.+)$", rest):
        return Act(deed="issue", instruments=books or (match[1],))
    if issued and (match := re.match(r"(?:表示|称|指出|强调|要求|提出)?：(.+)$", rest)):
        return Act(deed="say", subject=match[1])
    if match := re.match(r"(?:《(.+)》(?:政策)?解读|(.+?)政策解读)$", rest):
        return Act(deed="explain", instruments=(match[1] or match[2],))
    if len(books) == 1 and rest == f"《{books[0]}》":
        return Act(deed="issue" if issued else "title", instruments=books)
    bare = unbracket(rest)[0]
    if kind := type_at_end(bare):
        return Act(deed="issue", instruments=(rest,), kind=kind)
    return Act(deed="title", subject=rest)


def _consult(rest: str, books: tuple[str, ...]) -> Act:
    if books:
        return Act(deed="consult", instruments=books[:1], draft=True)
    match = re.search(
        r"(?:关于就|关于|就)(.+?)(?:（[^（）]*征求意见稿[^（）]*）|向社会|公开征求|征求意见)", rest
    )
    return Act(deed="consult", instruments=(match[1] if match else unbracket(rest)[0],), draft=True)


def unbook(text: str) -> str:
    return re.sub(r"^《(.+)》$", r"\1", text)


def unbracket(text: str) -> tuple[str, list[str]]:
    """``X（试行）（征求意见稿）`` → X and the notes in brackets."""
    notes: list[str] = []
    while match := re.search(r"（([^（）]{1,30})）$", text):
        notes.insert(0, match[1])
        text = text[: match.start()]
    return text, notes


def type_named(name: str) -> TitleType | None:
    return next((t for t in TYPES if t.zh == name), None)


def type_at_end(text: str) -> TitleType | None:
    return next((t for t in TYPES if text.endswith(t.zh) and len(text) > len(t.zh)), None)


def title_terms(title: str, glossary: Glossary) -> tuple[Token, ...]:
    """Return the tokens of a title, for a partial headline and for the measure of coverage."""
    return chinese_tokens(normalise(title), glossary)
