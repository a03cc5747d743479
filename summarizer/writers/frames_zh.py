"""Frames of Chinese titles: what stands after the issuer → what was done, to what, by which number."""

# ruff: noqa: E501 — a folded pattern is harder to read than a long one

from __future__ import annotations

import re

from .acts import Act, type_at_end, type_named, unbook, unbracket
from .firms import FIRM

_STANDARD = r"(?:等?\d*[项]?(?:金融)?(?:行业|国家|推荐性国家)?标准)?"
_NOTICE = r"(?:的?(?:通知|公告|决定|令|通告))?"
_SPEAKER = (
    r"(?:有关|相关)?(?:司局|部门)?(?:主要)?负责(?:人|同志)|新闻发言人|副行长|行长助理|行长|副主席|主席助理|主席|副局长"
    r"|局长|副部长|部长|副主任|主任|副总裁|总裁|署长|行政总裁"
)
_START = r"(?P<start>(?:自|从)?(?:\d{4}年)?\d{1,2}月\d{1,2}日起?)"
_MEETINGS = "例会|座谈会|研讨会|工作会议|电视电话会议|推进会|新闻发布会|培训班|论坛|年会|会议"
_OWN_ACTS = "下调|上调|暂停|恢复|启动|延长|取消|创设|开展|调整|降低|提高|设置|废止|修订"
_DOES = (
    "批准|核准|加强|加快|推进|支持|规范|完善|优化|强化|深化"
    "|部署|组织|推动|督促|要求|撤销|稳步|持续|严厉打击|严格规范|延续实施|继续实施|鼓励|引导|扩大|放宽|实施|健全|促进"
)
_BY = r"(?P<by>\d+(?:\.\d+)?(?:个百分点|个基点|%))"
_SUM = r"\d[\d,.]*(?:万亿|亿|万)?(?:元|美元|港元|英镑|欧元)"
_EXTENDED = re.compile(
    r"(?:关于)?(?:延长)?(?P<what>《[^《》]+》|[^，：《》]{4,40}?)(?:公开)?(?:征求)?意见(?:反馈)?的?(?:截止)?(?:期限|时间)(?P<to>延长至\S{3,12}日)?(?:的(?:公告|通知))?$"
)
_TAIL = re.compile(
    r"，(?:自?(?:\d{4}年)?\d{1,2}月\d{1,2}日起?(?:正式)?(?:施行|实施|生效|执行)|(?:向社会)?公开征求意见)$"
)


_PERIOD = r"(?:19|20)\d\d年(?:\d{1,2}月(?!\d{1,2}日)(?:份|末)?|第?[一二三四]季度|[上下]半年|全年|度)?"
_STATISTIC = re.compile(r"报告$|情况表?$|数[据字]$|统计表?$|指标|平衡表|规模")


def deed(rest: str, *, issued: bool) -> Act:
    """Try the frames in order; the more particular ones first. ``issued``: the title names its issuer."""
    rest = re.sub(r"^(?:近日|日前|今日|今天|正式|联合|共同)+", "", rest)
    books = tuple(re.findall(r"《([^《》]+(?:《[^《》]+》[^《》]*)?)》", rest))
    for frame in (_numbered, _parties, _talks, _comments, _rates):
        if act := frame(rest, books):
            return act
    return _issued(rest, books, issued=issued)


def _numbered(rest: str, books: tuple[str, ...]) -> Act | None:
    if match := re.fullmatch(r"(令|公告)[〔（\[]?(?:(\d{4})年?[〕）\]]?)?第?(\d{1,5})号(?:（(.+)）)?", rest):
        return Act(deed="numbered", subject=match[4] or "", number=match[0].split("（")[0])
    if match := re.fullmatch(r"【第(\d{1,5})号(公告|令)】(.+)", rest):
        return Act(deed="numbered", subject=unbook(match[3]), number=f"{match[2]}第{match[1]}号")
    if match := re.fullmatch(
        r"(令|公告)[〔（\[]?(?:(\d{4})年?[〕）\]]?)?第?(\d{1,5})号 ?[《]?([^（）《》]{4,60})[》]?", rest
    ):
        return Act(deed="numbered", subject=match[4], number=rest[: match.start(4)].strip(" 《"))
    if match := re.fullmatch(r"(?:关于)?更正(?P<what>.+?)文?(?P<part>附件\d{0,2})?(?:有关内容)?的公告", rest):
        return Act(deed="correct", instruments=books[:1], number=match["what"], subject=match["part"] or "")
    if match := re.fullmatch(r"(.{2,20}?)(?:交易)?公告 ?[\[〔（【](\d{4})[\]〕）】] ?第?(\d{1,5})号", rest):
        return Act(deed="serial", subject=match[1], number=f"公告{match[2]}第{match[3]}号")
    match = re.search(r"(政协|人大).{0,16}第(.{1,3})届.{2,12}第(.{1,3})次会议第(\d{1,6})号", rest)
    if match and re.search(r"(?:提案|建议).{0,6}(?:答复|复函)", rest):
        return Act(deed="reply", subject=f"{match[1]}|{match[2]}|{match[3]}|{match[4]}")
    match = re.search(
        r"(?P<place>全国|省|市)?(?P<house>政协|人大)?第?(?P<term>[一二三四五六七八九十]{1,3})届(?:全国)?(?:委员会|人民代表大会)?(?P<after>政协|人大)?"
        r"(?:第?(?P<session>[一二三四五六七八九十]{1,3})次会议)第(?P<n>[\d-]{1,12})号(?:提案|建议)",
        rest,
    )
    if match and "答复" in rest and (house := match["house"] or match["after"]):
        local = "local" if match["place"] in ("省", "市") else ""
        return Act(
            deed="reply", subject=f"{house}|{match['term']}|{match['session']}|{match['n']}", firm=local
        )
    if match := re.search(r"^(?:关于|对)(.+)提案的?答复(?:的函)?$", rest):
        return Act(deed="reply", subject=match[1])
    return None


_RULES = re.compile(
    r"(?:办法|规定|条例|规则|细则|基准|指引|指南|程序)(?:（[^（）]{0,20}）)?》?(?:的?(?:通知|公告|决定))?$"
)
"""A title that names rules, be they on penalties."""


def _parties(rest: str, books: tuple[str, ...]) -> Act | None:
    case = re.search(r"[\u4e00-\u9fff]{0,6}罚决字〔\d{4}〕[\d号、-]{1,24}号", rest)
    if re.search(r"市场禁入决定书", rest):
        return Act(deed="ban", subject=rest)
    if match := re.fullmatch(
        r"(?:依法)?对(?P<firm>[^，：《》]{2,30}?)(?:立案调查|启动调查|开展调查|涉嫌[^，：]{2,24}立案调查)",
        rest.lstrip("："),
    ):
        return Act(deed="probe", firm=match["firm"])
    if match := re.fullmatch(
        r"(?:依法)?对(?P<what>[^，：《》]{2,40}?)(?:依法)?(?:作出|实施|予以)行政处罚(?:决定)?", rest
    ):
        return Act(deed="punish", subject=match["what"])
    if not _RULES.search(rest) and re.search(
        r"行政处罚(?:信息公[开示]表?|决定书?|信息|公示|决定)|罚决字", rest
    ):
        named = re.search(r"（([^（）]{4,40}?(?:公司|银行|事务所))(及相关责任人员?)?）", rest)
        number = case[0] if case else ""
        return Act(deed="penalty", subject=rest, firm=named[1] if named else "", number=number)
    if match := re.fullmatch(
        r"(?:【[^】]+】)?(?:对)?(?P<firm>[^，：《》因对被]{2,30}?)(?:因(?P<why>[^，]{2,40}?))?(?:等问题|等)?，?(?:公司)?(?:被|遭)(?:[^，被遭]{2,8}?)?(?:罚没|罚款|罚)(?P<sum>"
        + _SUM
        + ")",
        rest,
    ):
        return Act(deed="fined", firm=match["firm"], subject=match["why"] or "", number=match["sum"])
    if match := re.fullmatch(
        rf"对(?P<firm>[^，：《》]{{2,30}}?)(?:处以|罚款|罚没)(?P<sum>{_SUM})(?:罚款)?", rest
    ):
        return Act(deed="fine", firm=match["firm"], number=match["sum"])
    if match := re.search(
        r"(?:关于)?对(?P<firm>[^，：《》]{2,30}?)(?:及[^，：]{2,12}?)?采取(?P<what>.{2,30}?)(?:的?行政)?(?:监督管理|监管)?措施的?(?:决定|通知)?$",
        rest,
    ):
        return Act(deed="measure", subject=match["what"], firm=match["firm"])
    if match := re.search(r"采取(.{2,30}?)(?:的?行政)?(?:监督管理|监管)?措施的?(?:决定|通知)?$", rest):
        return Act(deed="measure", subject=match[1])
    if match := re.fullmatch(rf"谴责(?P<firm>[^，：《》]{{2,30}}?)(?:并|及)处以?罚款(?P<sum>{_SUM})", rest):
        return Act(deed="fine", subject="谴责", firm=match["firm"], number=match["sum"])
    if match := re.fullmatch(
        r"(?:关于)?(?:核准)?[\u4e00-\u9fff·]{2,4}?(?P<at>在?[\u4e00-\u9fff（）]{4,30}?公司)?(?:的)?(?P<post>[\u4e00-\u9fff]{0,8}?)任职资格(?:的批复|的?函)?",
        rest,
    ):
        return Act(deed="qualify", firm=(match["at"] or "").removeprefix("在"), subject=match["post"])
    if match := re.fullmatch(
        rf"(?:依法)?(?:批准|核准|同意)(?P<what>{FIRM.pattern}(?:设立|筹建|开业|终止|变更[^，：]*|发行[^，：]*))",
        rest,
    ):
        return Act(deed="approve", subject=match["what"])
    if match := re.match(r"关于(同意|核准|批准)?(.+)的批复$", rest):
        return Act(deed="approve", subject=match[2], kind=type_named("批复"))
    if match := re.fullmatch(
        r"(?:(?:与|和|同)(?P<other>[^，：《》]{2,30}?))?(?P<verb>续签|签署|签订)(?P<about>.*?)的?"
        r"(?P<kind>谅解备忘录|合作备忘录|备忘录|合作协议|[^的]{2,10}协议|协议)",
        rest,
    ):
        verb = "续签" if match["verb"] == "续签" else "签署"
        about, kind = match["about"], match["kind"]
        return Act(deed="sign", subject=unbook(about), number=verb + kind, firm=match["other"] or "")
    return None


def _talks(rest: str, books: tuple[str, ...]) -> Act | None:
    if match := re.search(
        r"(?:就(.+?)(?:有关问题|有关情况|相关问题|相关情况)?|^《[^》]+》)答(?:《[^》]{1,20}》)?记者问", rest
    ):
        who = "新闻发言人" if rest.startswith("新闻发言人") else ""
        return Act(deed="qa", subject=unbook(match[1] or ""), instruments=books[:1], firm=who)
    if match := re.fullmatch(rf"(?P<who>{_SPEAKER})?在(.+?)上的(?:讲话|致辞|发言|演讲)", rest):
        return Act(deed="speech", subject=match[2], firm=match["who"] or "")
    if match := re.fullmatch(
        rf"(?P<organ>[\u4e00-\u9fff]{{2,8}}委员会)?(?:组织)?(?:召开|举行|举办)(.+?)({_MEETINGS})", rest
    ):
        return Act(deed="meet", subject=match[2], number=match[3], firm=match["organ"] or "")
    if match := re.match(r"(?:《(.+)》(?:政策)?解读(?:：.+)?|(.+?)政策解读)$", rest):
        return Act(deed="explain", instruments=(match[1] or match[2],))
    return None


def _comments(rest: str, books: tuple[str, ...]) -> Act | None:
    match = _EXTENDED.search(rest) if "延长" in rest else None
    if match:
        name = unbook(match["what"].removeprefix("延长"))
        return Act(deed="extend", instruments=(name,), draft=True, start=match["to"] or "")
    if books and re.search(r"征求意见(?:的)?情况|意见采纳情况", rest):
        return Act(deed="outcome", instruments=books[:1])
    if books and re.search(r"(?:起草|修订|编制)说明", rest):
        return Act(deed="explain", instruments=books[:1])
    if match := re.fullmatch(r"就(?P<what>[^，：]{4,50}?)(?:展开|开展|进行|启动)(?:公众|公开)?咨询", rest):
        return Act(deed="ask", subject=unbook(match["what"]), draft=True)
    if re.search(r"征求.{0,90}意见(?!稿)|征求意见稿", rest):
        return _consult(rest, books)
    return None


_MOVED = re.compile(rf"：?(?:决定|宣布)?(?P<how>降息|加息|降准){_BY}?(?:，?至(?P<to>\d[\d.]*%))?")
_KEPT = re.compile(r"：?(?:宣布)?维持(?P<what>[^，：]{2,20}?)(?:在|于)?(?P<at>\d[\d.]*%)?不变")
_REPO = re.compile(
    rf"(?:今日|今天|今起)?开展(?P<sum>{_SUM})(?:(?P<n>\d{{1,3}})(?P<unit>天|个月)期)?(?P<kind>买断式逆回购|逆回购|中期借贷便利（MLF）|中期借贷便利|MLF)(?:操作)?"
    r"(?:，(?:操作|中标)?利率(?:为)?(?P<at>\d[\d.]*%))?"
)


def _rates(rest: str, books: tuple[str, ...]) -> Act | None:
    """What a central bank does with its rates and its money."""
    if re.fullmatch(r"：?(?:决定|宣布)?(?:降息降准|降准降息)", rest):
        return Act(deed="rate", subject="降准降息")
    if match := re.fullmatch(r"约谈(?P<firm>[^，：；]{2,24})", rest):
        return Act(deed="summon", firm=match["firm"])
    if match := _MOVED.fullmatch(rest):
        return Act(deed="rate", subject=match["how"], number=match["by"] or "", start=match["to"] or "")
    if match := _KEPT.fullmatch(rest):
        return Act(deed="keep", subject=match["what"], start=match["at"] or "")
    if match := _REPO.fullmatch(rest):
        term = f"{match['n']}{match['unit']}" if match["n"] else ""
        return Act(
            deed="repo", subject=f"{match['kind']}|{term}", number=match["sum"], start=match["at"] or ""
        )
    return None


def _issued(rest: str, books: tuple[str, ...], *, issued: bool) -> Act:
    if match := re.fullmatch(
        r"转发(?P<by>[\u4e00-\u9fff 、]{2,30}?)(?P<name>关于.+?的?(?:指导意见|意见|实施方案|方案|办法|规定))的?通知",
        rest,
    ):
        name = re.sub(r"(?<!的)(指导意见|意见|实施方案|方案|办法|规定)$", r"的\1", match["name"])
        return Act(deed="forward", instruments=(name,), firm=match["by"])
    if match := re.fullmatch(r"(?:审议)?(?:并)?(?:原则)?(?:审议)?通过(?:了)?《(.+)》", rest):
        return Act(deed="adopt", instruments=books or (match[1],), draft="草案" in match[1])
    match = re.fullmatch(
        r"(?:关于)?废止《[^《》]+》等(?P<n>\d{1,3})[件部项](?:规范性文件|规章|文件)的?(?:公告|决定|通知)",
        rest,
    )
    if match and books:
        return Act(deed="repeal", instruments=books[:1], number=match["n"])
    issue = "印发|发布实施|发布施行|发布|公布|下发|转发|出台|施行"
    if match := re.match(rf"(?:关于)?({issue})《(.+)》{_STANDARD}{_NOTICE}(?:，.{{4,30}})?$", rest):
        return Act(deed="forward" if match[1] == "转发" else "issue", instruments=books or (match[2],))
    if match := re.match(r"(?:关于)?(?:印发|发布|公布)(.+)的(?:通知|公告|通告)$", rest):
        return Act(deed="issue", instruments=(match[1],))
    if match := re.match(
        r"(?:关于)?(废止和修改|修改和废止|修改|修订|修正|废止|调整)(.+?)(?:的?(决定|通知|公告))?$", rest
    ):
        done = {"废止": "repeal", "调整": "adjust"}.get(match[1], "amend")
        if match[1] in ("废止和修改", "修改和废止"):
            done = "amend and repeal"
        if books:
            return Act(deed=done, instruments=books)
        if match[3] and done != "adjust":
            return Act(deed=done, subject=match[2])
    match = re.match(rf"(?:发布|公布)?({_PERIOD}.{{2,40}}?)(?:的?(?:数据)?情况表?|统计表)?$", rest)
    if match and _STATISTIC.search(rest):
        return Act(deed="data", subject=match[1].removesuffix("数据"))
    if match := re.match(r"(?:发布|印发|公布|出台|发表)?(?:关于|有关)(.+)的([\u4e00-\u9fff]{1,6})$", rest):
        kind = type_named(match[2])
        if kind:
            return Act(deed="issue", subject=unbook(match[1]), kind=kind)
    if match := re.fullmatch(r"就(.+?)(?:发出|发布|印发)(通函|指引|通知|公告)", rest):
        return Act(deed="issue", subject=match[1], kind=type_named(match[2]))
    if match := re.match(r"(?:印发|发布|公布|出台|下发)(.+)$", rest):
        return Act(deed="issue", instruments=books or (_TAIL.sub("", match[1]),))
    if issued and (act := _own(rest)):
        return act
    if issued and (match := re.fullmatch(r"：?(?:还)?将(?:继续)?(?P<what>[^，：；]+)", rest)):
        again = "继续" if "将继续" in rest else ""
        return Act(deed="will", subject=again + match["what"])
    if issued and (
        match := re.fullmatch(rf"(?P<who>{_SPEAKER})(?:[\u4e00-\u9fff·]{{2,4}})?：(?:将)?(?P<what>.+)", rest)
    ):
        return Act(deed="official", subject=match["what"], firm=match["who"])
    if issued and (match := re.match(r"(?:表示|称|指出|强调|要求|提出)?：(.+)$", rest)):
        return Act(deed="say", subject=match[1])
    if len(books) == 1 and rest == f"《{books[0]}》":
        return Act(deed="issue" if issued else "title", instruments=books)
    if re.match(
        r"^(?:19|20)\d\d年(?:\d{1,2}月|.{0,2}季度|上半年|全年|度)?.{2,40}(?:报告|情况|数据|统计表)$", rest
    ):
        return Act(deed="data", subject=re.sub(r"(?:数据)?(?:情况|统计表)$", "", rest))
    bare = unbracket(rest)[0]
    if kind := type_at_end(bare):
        return Act(deed="issue", instruments=(rest,), kind=kind)
    return Act(deed="title", subject=rest)


def _own(rest: str) -> Act | None:
    """What a body does itself: 「：12月5日起下调…0.25个百分点」, 「决定下调…」."""
    match = re.fullmatch(rf"：?(?:决定|宣布)?{_START}?，?(?P<what>(?:{_OWN_ACTS}).+?){_BY}?", rest)
    if match is None:
        # after a colon these are what a body says should be done
        match = re.fullmatch(rf"(?:决定|宣布)?(?P<start>)(?P<what>(?:{_DOES})[^，：；]+)(?P<by>)", rest)
    if match is None:
        return None
    announced = bool(match["start"]) or rest.lstrip("：").startswith("决定")
    deed = "decide" if announced else "do"
    return Act(deed=deed, subject=match["what"], start=match["start"] or "", number=match["by"] or "")


def _consult(rest: str, books: tuple[str, ...]) -> Act:
    if books:
        changed = "修订" if re.match(r"就?(?:关于)?(?:修订|修改|修正)《", rest) else ""
        return Act(deed="consult", instruments=books[:1], draft=True, subject=changed)
    match = re.search(
        r"(?:关于就|关于|就)(.+?)(?:（[^（）]*征求意见稿[^（）]*）|向社会|公开征求|征求意见)", rest
    )
    return Act(deed="consult", instruments=(match[1] if match else unbracket(rest)[0],), draft=True)
