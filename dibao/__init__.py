"""Regulatory news in English and Chinese: crawl, summarize, build, send."""

from pathlib import Path

__version__ = "0.1.0"

# The four folders are linked into this one. Where links do not survive (a zip
# download, Windows without developer mode) the folders are found beside it.
_here = Path(__file__).parent
if not (_here / "store" / "__init__.py").exists():
    __path__.append(str(_here.parent))
