"""Chinese noun and verb phrases of titles → English phrases, by word order rules; None when unsure.

A phrase is rendered only when every token is known and its order is one of those below: a wrong
order reads as sense and is worse than no translation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from .lexicon import Token
from .nouns_en import singular

Form = Literal["ing", "base", "s"]

_TO = frozenset(["鼓励", "引导", "督促", "要求"])  # encourage X to do
_PUSH = frozenset(["推动", "促进", "推进"])  # push X to do; of things: promote
_IN = frozenset(["支持", "助力", "进一步支持"])  # support X in doing
# A second act in a row governs the first (融资管理); other pairs have no safe reading.
_OVER_ACTIONS = frozenset({"管理", "监管", "监督管理", "评估", "审查", "检查", "监督", "监测", "治理"})
_USES = frozenset({"应用", "使用", "运用", "开发应用", "开发利用"})
# Acts that may stand before a noun as they do in English (registration system).
_MODIFIERS = frozenset(
    {"注册", "登记", "结算", "交易", "应用", "审查", "备案", "投资", "融资", "监管", "治理"}
)


def does(verb: str, many: bool) -> str:
    return inflect(verb, "base" if many else "s")


def inflect(verb: str, form: Form) -> str:
    """``carry out work on`` → ``carrying out work on``; coordinated verbs are inflected each."""
    if form == "base":
        return verb
    if " and " in verb:
        return " and ".join(inflect(part, form) for part in verb.split(" and "))
    words = verb.split(" ")
    at = next((i for i, w in enumerate(words) if not w.endswith("ly") and w not in ("further", "speed")), 0)
    if "speed" in words:
        at = words.index("speed")
    word = words[at]
    if form == "s":
        if re.search(r"[^aeiou]y$", word):
            words[at] = word[:-1] + "ies"
        else:
            words[at] = word + ("es" if word.endswith(("s", "x", "ch", "sh", "o")) else "s")
    elif word in ("set", "cut"):
        words[at] = word + word[-1] + "ing"
    else:
        words[at] = (word[:-1] if word.endswith("e") and not word.endswith("ee") else word) + "ing"
    return " ".join(words)


def phrase(tokens: Sequence[Token], *, form: Form = "ing") -> str | None:
    """Render a noun phrase, or a verb phrase in the wanted form. None when a rule is missing."""
    tokens = _trim(tokens)
    if not tokens or any(token.role == "unknown" for token in tokens):
        return None
    if any(token.role == "comma" for token in tokens):
        parts = [phrase(part, form=form) for part in _split(tokens, "comma") if part]
        return None if None in parts else joined([part for part in parts if part])
    tokens = _supporting(tokens)
    adverbs = [token for token in tokens if token.role == "adv"]
    tokens = _trim([token for token in tokens if token.role != "adv"])
    if len(adverbs) > 1 or not tokens:
        return None
    text = _clause(tokens, form) if tokens[0].role == "verb" else _noun_or_subject(tokens)
    if text is None or not adverbs:
        return text
    adverb = adverbs[0].target
    return f"{text} {adverb}"


def _supporting(tokens: Sequence[Token]) -> list[Token]:
    """支持 is a verb at the beginning and after an actor, else a noun (信贷支持)."""
    done: list[Token] = []
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        free = not done or done[-1].role in ("actor", "sector", "adv", "comma")
        if token.source == "支持" and free and after and after.role not in ("and", "of"):
            token = Token(token.source, "support", "verb")
        done.append(token)
    return done


def _noun_or_subject(tokens: Sequence[Token]) -> str | None:
    """A noun phrase; or an actor and what it does: ``doing … by X`` (``in X`` for a sector)."""
    verb = next((i for i, token in enumerate(tokens) if token.role == "verb"), None)
    if verb is None:
        return noun_phrase(tokens)
    if tokens[0].role == "toward" and tokens[-1].role != "verb":
        return None
    subject, predicate = tokens[:verb], tokens[verb:]
    if any(token.role not in ("actor", "sector", "and") for token in subject):
        left, right = noun_phrase(subject), None
        # 「数据安全 促进 …」 has no safe reading; 「…管理 促进 …」 neither.
        return left and right
    who, what = noun_phrase(subject), _clause(predicate, "ing")
    if who is None or what is None:
        return None
    return f"{what} {'in' if subject[-1].role == 'sector' else 'by'} {who}"


def _clause(tokens: Sequence[Token], form: Form) -> str | None:
    parts = _verb_phrases(tokens, form)
    return None if parts is None else joined(parts)


def _verb_phrases(tokens: Sequence[Token], form: Form) -> list[str] | None:
    """Each act of a row: ``strengthening supervision``, ``preventing risks``, ``promoting …``."""
    verb, rest = tokens[0], _trim(tokens[1:])
    words = inflect(verb.target, form)
    if rest and rest[0].role == "and" and len(rest) > 1 and rest[1].role == "verb":
        tail = _verb_phrases(rest[1:], form)
        return tail and [f"{words} and {tail[0]}", *tail[1:]]
    if verb.prep == "-":  # complete in itself: 防范风险
        if not rest:
            return [words]
        tail = _verb_phrases(rest, form) if rest[0].role == "verb" else None
        return tail and [words, *tail]
    if not rest:
        return None
    second = next((i for i, token in enumerate(rest) if token.role == "verb"), None)
    if second is None:
        tail_words = noun_phrase(rest)
        return [f"{words} {tail_words}"] if tail_words else None
    if second == 0:
        return None
    before, after = rest[:second], rest[second:]
    if before[-1].role == "of":
        return None
    if before[-1].role == "and":
        before = before[:-1]
    elif before[-1].role in ("actor", "sector"):
        return _acting(verb, before, after, form)
    first, then = noun_phrase(before), _verb_phrases(after, form)
    return [f"{words} {first}", *then] if first and then else None


def _acting(verb: Token, before: Sequence[Token], after: Sequence[Token], form: Form) -> list[str] | None:
    """``encouraging banks to do …``: the act of whom the verb is done to."""
    actor, words = noun_phrase(before), inflect(verb.target, form)
    if actor is None:
        return None
    if verb.source in _TO:
        then = _clause(after, "base")
        return [f"{words} {actor} to {then}"] if then else None
    if verb.source in _IN:
        then = _clause(after, "ing")
        return [f"{words} {actor} in {then}"] if then else None
    if verb.source not in _PUSH:
        return None
    then = _clause(after, "base")
    return [f"{inflect('push', form)} {actor} to {then}"] if then else None


def noun_phrase(tokens: Sequence[Token]) -> str | None:
    """Render tokens without a verb. ``A的B`` is B of A; else modifiers come first, as in English."""
    tokens = _trim(tokens)
    if not tokens or any(token.role in ("unknown", "verb", "comma", "adv") for token in tokens):
        return None
    if tokens[0].role == "toward":
        return _toward(tokens[1:])
    if tokens[0].role == "action" and tokens[0].prep == "for" and len(tokens) > 1 and tokens[1].role != "and":
        rest = noun_phrase(tokens[1:])
        return rest and f"{tokens[0].target} for {rest}"
    if inner := next((i for i, token in enumerate(tokens) if token.role == "within"), 0):
        frame, rest = noun_phrase(tokens[:inner]), noun_phrase(tokens[inner + 1 :])
        return frame and rest and f"{rest} in {frame}"
    at = max((i for i, token in enumerate(tokens) if token.role == "of"), default=-1)
    if at > 0:
        left, right = tokens[:at], tokens[at + 1 :]
        head = noun_phrase(right)
        if head is None:
            return None
        if all(token.role == "adj" for token in left):
            return f"{' '.join(token.target for token in left)} {head}"
        rest = noun_phrase(left)
        return rest and f"{head} of {rest}"
    return _flat(_coordinate(tokens))


def _toward(tokens: Sequence[Token]) -> str | None:
    """``对 X 的 Y``: Y of X."""
    return noun_phrase(tokens) if any(token.role == "of" for token in tokens) else None


def _coordinate(tokens: Sequence[Token]) -> list[Token]:
    """Join what 和 and 、 tie: neighbours of one role become one token of that role."""
    done: list[Token] = []
    waiting = ""
    groups: list[list[Token]] = []
    for token in tokens:
        if token.role in ("and", "or"):
            waiting = token.role
            continue
        if waiting and groups and _kin(groups[-1][-1], token):
            groups[-1].append(token)
        elif waiting:
            groups.append([Token("和", waiting, "and"), token])
        elif groups and token.role in ("sector", "actor", "place") and groups[-1][-1].role == token.role:
            groups[-1].append(token)
        else:
            groups.append([token])
        waiting = ""
    for group in groups:
        marks = [token for token in group if token.role == "and"]
        words = [token for token in group if token.role != "and"]
        done += marks
        done.append(
            words[0]
            if len(words) == 1
            else Token(
                "".join(w.source for w in words),
                joined([w.target for w in words]),
                words[0].role,
                words[-1].prep,
            )
        )
    return done


def _kin(left: Token, right: Token) -> bool:
    same = {"body": "actor", "figure": "figure"}
    return same.get(left.role, left.role) == same.get(right.role, right.role)


def _flat(tokens: list[Token]) -> str | None:
    at = next((i for i, token in enumerate(tokens) if token.role == "and"), None)
    if at is not None:
        left, right = _flat(tokens[:at]), _flat(tokens[at + 1 :])
        return left and right and f"{left} and {right}"
    if not tokens:
        return None
    years = [t for t in tokens if t.role == "figure"]
    numbers = [t for t in tokens if t.role == "nth"]
    periods = [t for t in tokens if t.role == "period"]
    tokens = [t for t in tokens if t.role not in ("figure", "nth", "period")]
    if not tokens or len(years) > 1 or len(numbers) > 1 or len(periods) > 1:
        return None
    text = _with_head(tokens)
    if text and periods:
        link = "at" if periods[0].target.startswith("the end") else "for"
        text = f"{text} {link} {periods[0].target}"
    if text and years:
        text = f"{years[0].target} {text}"
    if text and numbers:
        text = f"{text} ({numbers[0].target})"
    return text


def _with_head(tokens: list[Token]) -> str | None:
    head = tokens[-1]
    if head.role == "adj":
        return None
    if len(tokens) == 1:
        return head.target
    if head.role == "place":
        return None
    before = tokens[:-1]
    places = [t for t in before if t.role == "place"]
    sectors = [t for t in before if t.role == "sector"]
    actors = [t for t in before if t.role in ("actor", "body")]
    markets = [t for t in before if t.role == "noun" and t.target.endswith(" market")]
    if len(markets) == 1 and head.role != "noun":
        before = [t for t in before if t not in markets]
    else:
        markets = []
    inner = [t for t in before if t.role in ("noun", "adj", "action", "law")]
    if len(places) > 1 or len(sectors) > 1 or len(actors) > 1 or any(t.role == "law" for t in inner):
        return None
    if head.role == "action":
        text = _action(head, inner, actors)
        actors = []
    else:
        text = _compound([*inner, head])
    if text is None:
        return None
    if actors:
        text = f"{text} {'by' if ' of ' in text else 'of'} {actors[0].target}"
    if markets:
        text = f"{text} in the {markets[0].target}"
    if sectors:
        text = f"{text} in {sectors[0].target}"
    if places:
        text = f"{text} in {places[0].target}"
    return text


def _action(head: Token, inner: list[Token], actors: list[Token]) -> str | None:
    """``人工智能 安全 开发和应用`` → safe development and application of AI."""
    if inner and inner[-1].role == "action":
        if head.source not in _OVER_ACTIONS:
            return None
        below = _action(inner[-1], inner[:-1], actors)
        return below and f"{head.target} of {below}"
    adjectives: list[Token] = []
    while inner and inner[-1].role == "adj":
        adjectives.insert(0, inner.pop())
    text = " ".join([*(a.target for a in adjectives), head.target])
    objects = _compound(inner) if inner else None
    if inner and objects is None:
        return None
    if objects and actors and head.source in _USES:
        return f"{text} of {objects} by {actors[0].target}"
    if objects and actors:
        return f"{text} {head.prep} {possessive(actors[0].target)} {objects}"
    if objects or actors:
        return f"{text} {head.prep} {objects or actors[0].target}"
    return text


def possessive(noun: str) -> str:
    return f"{noun}'" if noun.endswith("s") else f"{noun}'s"


def _compound(tokens: Sequence[Token]) -> str | None:
    """Nouns in a row keep their order; all but the last lose their plural."""
    words = []
    for token, after in pairwise(tokens):
        # 投资债券市场 is to invest in it, 投资管理 a kind of management
        done_to = token.source in ("投资", "交易", "融资") and after.target.endswith(" market")
        if token.role == "action" and (token.source not in _MODIFIERS or done_to):
            return None
        # 安全 says how before an act (safe use), and what before a thing (security mechanism)
        target = "security" if token.source == "安全" else token.target
        first, _, last = target.rpartition(" ")
        word = singular(last) if token.role == "noun" else last
        words.append(f"{first} {word}".strip())
    head = tokens[-1].target
    if words and words[-1].split()[-1] == head.split()[0]:  # new energy vehicle (vehicle) purchase tax
        head = head.partition(" ")[2]
        if not head:
            return None
    # "protection of minors" takes no noun in front
    return f"{head} in {' '.join(words)}" if words and " of " in head else " ".join([*words, head])


def joined(parts: Sequence[str]) -> str:
    """``a, b and c``."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _trim(tokens: Sequence[Token]) -> Sequence[Token]:
    kept = [token for token in tokens if token.role != "drop"]
    while kept and kept[-1].role in ("of", "and", "comma"):
        kept.pop()
    while kept and kept[0].role in ("of", "and", "comma"):
        kept.pop(0)
    return kept


def _split(tokens: Sequence[Token], role: str) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.role == role:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
