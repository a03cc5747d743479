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
    return kind.zh if kind else "有关内容"


def act(who: str, deed: str, *, number: str, on: date | None, seed: int) -> str:
    mark = f"（{number}）" if number else ""
    if on is None:
        return f"{who}{deed}{mark}。"
    return choose(seed, (f"{day(on, 'zh')}，{who}{deed}{mark}。", f"{who}于{day(on, 'zh')}{deed}{mark}。"))


def reported_act(paper: str, who: str, deed: str, *, number: str, on: date | None, seed: int) -> str:
    mark = f"（{number}）" if number else ""
    when = day(on, "zh") if on else ""
    return choose(
        seed, (f"据{paper}{when}报道，{who}{deed}{mark}。", f"{paper}{when}报道称，{who}{deed}{mark}。")
    )


def titled(who: str, kind: str, *, number: str, on: date | None, title: str, foreign: bool) -> str:
    mark = f"（{number}）" if number else ""
    when = f"{day(on, 'zh')}，" if on else ""
    label = "英文标题为" if foreign else "标题为"
    return f"{when}{who}发布{kind}{mark}，{label}“{title}”。"


def about(terms: Sequence[str]) -> str:
    return f"标题涉及{listed(terms, 'zh')}。"


def reported_title(paper: str, *, on: date | None, title: str, foreign: bool) -> str:
    when = day(on, "zh") if on else ""
    return f"{paper}{when}报道，{'英文' if foreign else ''}标题为“{title}”。"


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


def figures(amounts: Sequence[str]) -> str:
    return f"原文提及的金额：{listed(amounts, 'zh')}。"


def quote_intro(terms: Sequence[str]) -> str:
    on = f"关于{listed(terms, 'zh')}，" if terms else ""
    return f"{on}英文原文写道："


def affects(actors: Sequence[str], *, where: str, force: str, kind: str) -> str:
    place = f"（{where}）" if where and where != "国际组织" else ""
    who = f"影响对象：{listed(actors, 'zh')}{place}" if actors else ""
    nature = {
        "binding": f"属{kind}，对其适用对象具有约束力",
        "expected": f"属{kind}，监管部门期望适用对象遵循",
        "soft": f"属{kind}，以指导为主",
        "single": f"属{kind}，仅针对所涉当事方",
    }[force]
    return f"{who}；{nature}。" if who else f"{nature}。"


def draft(actors: Sequence[str], *, deadline: date | None, seen: date) -> str:
    who = f"，涉及{listed(actors, 'zh')}" if actors else ""
    text = f"目前为征求意见稿{who}，定稿前不产生新的义务"
    if deadline and deadline >= seen:
        return f"{text}；相关方可在{day(deadline, 'zh')}前反馈意见。"
    return f"{text}。"


def no_duty(kind: str, *, seed: int) -> str:
    return choose(seed, (f"{kind}属于说明性内容，不产生新的义务。", f"本件为{kind}，不产生新的义务。"))


def act_by(effective: date) -> str:
    return f"适用对象的准备期至{day(effective, 'zh')}施行为止。"


def in_force(effective: date) -> str:
    return f"自{day(effective, 'zh')}起已适用。"


def media_only() -> str:
    return "目前仅见于媒体报道，来源中尚无官方原文。"
