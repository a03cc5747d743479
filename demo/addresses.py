"""Where each publication of the demo and its files lie: addresses as the sources make them."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from pieces import Piece

from dibao.crawler.source import Endpoint, SourceSpec


def page_url(spec: SourceSpec, endpoint: Endpoint, piece: Piece) -> str:
    """Return the address of a piece's own page for a reader."""
    day = piece.day.isoformat() if piece.day else ""
    chinese = piece.lang.startswith("zh")
    match spec.id:
        case "cn-nfra":
            return endpoint.link.replace("{key}", piece.key)
        case "cn-csrc":
            return f"https://www.csrc.gov.cn/csrc/c100028/c{piece.key}/content.shtml"
        case "cn-pbc":
            section = endpoint.url if endpoint.kind == "html" else _PBC_NEWS
            return urljoin(section, f"{piece.key}/index.html").replace("http://", "https://")
        case "cn-gov-zhengce" | "cn-gov-yaowen":
            sections = {"policy": "zhengce/content", "interpretation": "zhengce", "news": "yaowen/liebiao"}
            return f"https://www.gov.cn/{sections[endpoint.column]}/202611/content_{piece.key}.htm"
        case "cn-cac":
            return f"https://www.cac.gov.cn/{day[:7]}/{day[8:]}/c_{piece.key}.htm"
        case "cn-36kr":
            return f"https://36kr.com/{'p' if endpoint.column == 'article' else 'newsflashes'}/{piece.key}"
        case "cn-people":
            return f"http://finance.people.com.cn/{piece.key}.html"
        case "cn-people-en":
            return f"http://en.people.cn/n3/2026/{day[5:7]}{day[8:]}/{piece.key}.html"
        case "hk-hkma" if endpoint.kind == "feed":
            return f"https://brdr.hkma.gov.hk/eng/doc-ldg/docId/{piece.key}"
        case "hk-hkma":
            lang = "chi" if chinese else "eng"
            return f"https://www.hkma.gov.hk/{lang}/news-and-media/press-releases/{day[:4]}/{day[5:7]}/{piece.key}/"
        case "hk-sfc" if endpoint.kind == "feed":
            return f"https://apps.sfc.hk/edistributionWeb/gateway/EN/{endpoint.column}/doc?refNo={piece.key}"
        case "hk-sfc":
            return endpoint.link.replace("{key}", piece.key)
        case "us-sec":
            return f"https://www.sec.gov/{_SEC_SECTIONS[urlsplit(endpoint.url).path]}/{piece.key.lower()}"
        case "us-fed":
            return f"https://www.federalreserve.gov/{_fed_section(piece.key)}/{piece.key}.htm"
        case "us-federalregister":
            return f"https://www.federalregister.gov/documents/{day.replace('-', '/')}/{piece.key}/demo"
        case "uk-fca":
            return f"https://www.fca.org.uk/{piece.key}"
        case _:
            return f"{spec.homepage.rstrip('/')}/{piece.key}"


_PBC_NEWS = "https://www.pbc.gov.cn/goutongjiaoliu/113456/113469/index.html"
_SEC_SECTIONS = {
    "/news/pressreleases.rss": "newsroom/press-releases",
    "/news/speeches-statements.rss": "newsroom/speeches-statements",
    "/enforcement-litigation/litigation-releases/rss": "enforcement-litigation/litigation-releases",
    **{
        f"/enforcement-litigation/{kind}/rss": f"enforcement-litigation/{kind}"
        for kind in ("litigation-releases", "administrative-proceedings")
    },
}


def _fed_section(key: str) -> str:
    if key.startswith("SR"):
        return "supervisionreg/srletters"
    return "newsevents/speech" if key.startswith("speech") else "newsevents/pressreleases"


def file_urls(piece: Piece, page: str) -> list[str]:
    """Return the addresses of a piece's files: beside its page, named by key and number."""
    base = "https://www.nfra.gov.cn/chinese/docfile/2026/" if piece.source == "cn-nfra" else page
    return [urljoin(base, f"{piece.key}-{n}.{file.suffix}") for n, file in enumerate(piece.files, 1)]
