"""中文简报的措辞 (Chinese wording of briefs): the same functions as ``phrases_en``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dibao.store import DocumentType

from .figures import day, listed
from .phrases_en import choose


def named(name: str, short: str) -> str:
    """``美国证券交易委员会（SEC）``."""
    return f"{name}（{short}）" if short and short.isascii() and len(short) < 10 else name


def kind_name(kind: DocumentType | None) -> str:
    """The type without the note in brackets that only a list needs."""
    if kind is None:
        return "消息"
    return _KINDS.get(kind.key, kind.zh.partition("（")[0])


_KINDS = {
    "consultation": "征求意见文件",
    "speech": "讲话稿",
    "enforcement": "执法决定",
    "conclusions": "征求意见总结",
}
"""Types whose name cannot follow 发布."""


def act(who: str, deed: str, *, number: str, on: date | None, seed: int) -> str:
    mark = f"（{number}）" if number else ""
    deed, colon, rest = deed.partition("：")
    if colon:  # a list follows: day and number go before it
        return f"{day(on, 'zh') + '，' if on else ''}{who}{deed}{mark}：{rest}。"
    if on is None:
        return f"{who}{deed}{mark}。"
    return choose(seed, (f"{day(on, 'zh')}，{who}{deed}{mark}。", f"{who}于{day(on, 'zh')}{deed}{mark}。"))


def reported_act(paper: str, who: str, deed: str, *, number: str, on: date | None, seed: int) -> str:
    deed, colon, rest = deed.partition("：")
    done = f"{deed}{f'（{number}）' if number else ''}{colon}{rest}"
    when = day(on, "zh") if on else ""
    return choose(seed, (f"据{paper}{when}报道，{who}{done}。", f"{paper}{when}报道称，{who}{done}。"))


def titled(
    who: str, kind: DocumentType | None, *, number: str, on: date | None, title: str, foreign: bool, seed: int
) -> str:
    mark = f"（{number}）" if number else ""
    what = kind_name(kind)
    when = day(on, "zh") if on else ""
    tail = f"，{'英文原题为' if foreign else '题为'}“{title}”" if title else ""
    if not when:
        return f"{who}发布{what}{mark}{tail}。"
    return choose(seed, (f"{when}，{who}发布{what}{mark}{tail}。", f"{who}于{when}发布{what}{mark}{tail}。"))


def reported_title(paper: str, *, on: date | None, title: str, foreign: bool, seed: int) -> str:
    when = day(on, "zh") if on else ""
    if not title:
        return choose(seed, (f"{paper}{when}报道。", f"本条据{paper}{when}报道。"))
    return f"{paper}{when}报道，{'英文原题为' if foreign else '题为'}“{title}”。"


def dates(
    *, signed: date | None, effective: date | None, deadline: date | None, expiry: date | None, seen: date
) -> str:
    parts = []
    if signed:
        parts.append(f"{day(signed, 'zh')}成文")
    if effective:
        parts.append(f"自{day(effective, 'zh')}起施行")
    if expiry:
        parts.append(f"有效期至{day(expiry, 'zh')}")
    if deadline:
        parts.append(f"意见反馈截止日期为{day(deadline, 'zh')}")
    subject = "" if deadline and len(parts) == 1 else "该文件"
    return f"{subject}{'，'.join(parts)}。"


_SUMS = {
    "fine": "罚款{}", "confiscated": "没收违法所得{}", "total": "合计{}", "disgorgement": "上缴违法所得{}",
    "interest": "判决前利息{}", "capital": "注册资本{}", "": "{}",
}  # fmt: skip


def figures(sums: Sequence[tuple[str, str]], *, seed: int) -> str:
    """``sums``: (key of ``_SUMS``, amount)."""
    words = listed([_SUMS[key].format(text) for key, text in sums], "zh")
    return choose(seed, (f"决定内容包括{words}。", f"其中写明{words}。"))


def fines(ranges: Sequence[str]) -> str:
    return f"罚则：{'；'.join(ranges)}罚款。"


def quote_intro(
    terms: Sequence[str], modals: Sequence[str], figures: Sequence[str], *, seed: int, place: int
) -> str:
    """``modals``、``figures`` 说明引文的要求和数字。"""
    on = f"关于{listed(terms, 'zh')}，" if terms else ""
    parts = ["".join(f"“{word}”" for word in modals)] if modals else []
    parts += [f"涉及{'、'.join(figures)}"] if figures else []
    inside = f"（{'；'.join(parts)}）" if parts else ""
    if place:
        return f"{on}原文{'还' if place == 1 else '另'}写道{inside}："
    return choose(seed, (f"{on}英文原文{inside}写道：", f"{on}原文{inside}以英文写道："))


def affects(
    actors: Sequence[str],
    *,
    where: str,
    force: str,
    kind: DocumentType,
    relation: str,
    others: Sequence[str],
) -> str:
    place = where if where and where != "国际组织" else ""
    who = f"{place}的{listed(actors, 'zh')}" if actors and place else listed(actors, "zh") if actors else ""
    whom = f"其在{place}的适用对象" if place else "其适用对象"
    what = kind_name(kind)
    if force == "binding":
        text = f"对{who}具有约束力（{what}）" if who else f"属{what}，对{whom}具有约束力"
    elif force == "expected":
        text = f"面向{who}的{what}，监管部门期望其遵循" if who else f"属{what}，监管部门期望{whom}遵循"
    elif force == "plan":
        text = f"属{what}，以目标和安排为主" + (f"，涉及{who}" if who else "")
    else:
        text = f"面向{who}的{what}，以指导为主" if who else f"属{what}，以指导为主"
    if relation:
        text += f"；{_BUILDS[relation].format(listed(others, 'zh'))}"
    return f"{text}。"


_BUILDS = {
    "replaces": "取代{}", "repeals": "废止{}", "amends": "修改{}", "finalizes": "此前曾以{}征求意见",
    "implements": "依据{}制定",
}  # fmt: skip


def parties(kind: DocumentType, *, firms: Sequence[str]) -> str:
    what = kind_name(kind)
    return f"属{what}，针对{'、'.join(firms) + '等' if firms else ''}所涉当事方。"


def tells(kind: DocumentType) -> str:
    return f"属{kind_name(kind)}，用于告知事实或决定。"


def draft(actors: Sequence[str], *, where: str, deadline: date | None, seen: date) -> str:
    place = f"{where}的" if where and where != "国际组织" else ""
    who = f"，涉及{place}{listed(actors, 'zh')}" if actors else ""
    text = f"目前为征求意见稿{who}，定稿前不产生新的义务"
    if deadline and deadline >= seen:
        return f"{text}；相关方可在{day(deadline, 'zh')}前反馈意见。"
    return f"{text}。"


def no_duty(kind: DocumentType, *, seed: int) -> str:
    name = kind_name(kind)
    return choose(
        seed,
        (
            f"{name}属于说明性内容，不产生新的义务。",
            f"本件为{name}，不产生新的义务。",
            f"属{name}，不产生新的义务。",
        ),
    )


def apart(kind: DocumentType, *, which: str) -> str:
    return {
        "memorandum": "属监管机构之间的备忘录，约定签署各方的合作。",
        "correction": f"对{which or '此前文件'}作出更正，原文件效力照旧。",
        "conclusions": "说明征求意见的结果，规则以正式文件为准。",
    }[kind.key]


def information(*, seed: int) -> str:
    return choose(seed, ("属信息发布，供参考。", "供参考：属事实性信息。"))


def press_only() -> str:
    return "媒体报道，来源中未见相关监管文件。"


def untyped(actors: Sequence[str]) -> str:
    who = listed(actors, "zh") if actors else "其适用对象"
    return f"载明对{who}的期望，约束力以原文为准。"


def timing(*, effective: date | None, due: date | None, seen: date, asks: str, quoted: bool) -> str:
    """何时施行，其中最早的期限，以及一项义务。"""
    parts = []
    if effective and effective > seen:
        parts.append(f"适用对象的准备期至{day(effective, 'zh')}施行为止")
    elif effective:
        parts.append(f"自{day(effective, 'zh')}起已适用")
    if due:
        parts.append(f"文中最早的履行期限为{day(due, 'zh')}")
    if asks:
        parts.append(f"义务之一：“{asks}”" if quoted else f"义务之一：{asks}")
    return f"{'；'.join(parts)}。"


def duty_on(terms: Sequence[str], modals: Sequence[str], figures: Sequence[str]) -> str:
    return f"涉及{listed(terms, 'zh')}（{'；'.join((*modals, '、'.join(figures)))}）"


def media_only() -> str:
    return "目前仅见于媒体报道，来源中尚无官方原文。"
