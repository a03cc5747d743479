"""Put an edition on disk: beside the live one, then live in one step; a failed build never replaces it.

```
out/editions/<build id>/   complete editions, the newest KEEP of them
out/live                   symbolic link to one of them: what a web server serves
out/mail/<lang>/<day>.eml  mails of the day, next to the public site and not inside it
```
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from dibao.store import PublishError

KEEP = 3
"""Editions on disk, the live one counted: one to go back to, and one that a slow reader still reads."""

PATIENCE = 60
"""Seconds to wait for another build to end."""

_DRAFT = ".draft-"


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write the file in one step unless it holds these bytes already; say whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=_DRAFT)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return True


def publish(out: Path, build_id: str, files: Mapping[str, bytes]) -> bool:
    """Make the files (path below the site's root → bytes) the live edition; False if it was live already.

    Files that did not change are links to those of the live edition, so their times stay the times of
    their last change. Raises PublishError for a path that leaves the edition or two builds at once.
    """
    for path in files:
        _check(path)
    editions = out / "editions"
    editions.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(out / ".lock", timeout=PATIENCE):
            return _publish(out / "live", editions / build_id, files)
    except Timeout:
        raise PublishError(
            _("{out}: another build is at work here; try again when it is done").format(out=out)
        ) from None


def _publish(live: Path, edition: Path, files: Mapping[str, bytes]) -> bool:
    _sweep(edition.parent)
    if live.is_symlink() and live.resolve() == edition.resolve() and edition.is_dir():
        return False
    if not edition.is_dir():
        _draft(edition, files, live).rename(edition)
    _switch(live, edition)
    _prune(edition.parent, edition)
    return True


def _draft(edition: Path, files: Mapping[str, bytes], live: Path) -> Path:
    """Write all files into a folder that nobody serves, and return it."""
    draft = edition.with_name(_DRAFT + edition.name)
    for path, data in sorted(files.items()):
        target, former = draft / path, live / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if former.is_file() and former.read_bytes() == data:
            os.link(former, target)
        else:
            target.write_bytes(data)
    return draft


def _switch(live: Path, edition: Path) -> None:
    """Point the link to the edition in one rename: a reader sees the old one or the new one."""
    if live.exists() and not live.is_symlink():
        raise PublishError(
            _("{live}: is in the way: a link of the build belongs here; move it and build again").format(
                live=live
            )
        )
    following = live.with_name(_DRAFT + "live")
    following.unlink(missing_ok=True)
    following.symlink_to(Path("editions") / edition.name, target_is_directory=True)
    following.replace(live)


def _sweep(editions: Path) -> None:
    """Remove what a killed build left behind."""
    for folder in editions.glob(_DRAFT + "*"):
        shutil.rmtree(folder)


def _prune(editions: Path, live: Path) -> None:
    others = [folder for folder in editions.iterdir() if folder.is_dir() and folder != live]
    others.sort(key=lambda folder: folder.stat().st_mtime_ns, reverse=True)
    for folder in others[KEEP - 1 :]:
        shutil.rmtree(folder)


def _check(path: str) -> None:
    parts = PurePosixPath(path).parts
    if not path or path.startswith("/") or ".." in parts or "\\" in path or "\0" in path:
        raise PublishError(f"edition: {path!r} is not a path below the site's root")
