"""ZIP containers (DOCX, XLSX, OFD, archives) opened within bounds: what they claim and what they hold."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from dibao.store import DocumentError

MAX_MEMBERS = 5_000
MAX_UNPACKED = 100_000_000
"""Bytes of all members together, as the container claims and as they turn out."""

_DAMAGE = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError)


class Container:
    """An open ZIP file. Reading counts down from MAX_UNPACKED: claimed sizes can lie."""

    def __init__(self, archive: zipfile.ZipFile, what: str) -> None:
        self._archive = archive
        self._what = what
        self._left = MAX_UNPACKED
        self.members = [info for info in archive.infolist() if not info.filename.endswith("/")]
        if len(self.members) > MAX_MEMBERS or sum(m.file_size for m in self.members) > MAX_UNPACKED:
            raise DocumentError(f"the {what} unpacks to more than is read")

    def read(self, member: zipfile.ZipInfo | str) -> bytes:
        """Return the bytes of one member. Raises DocumentError when it is missing, locked or too much."""
        try:
            info = self._archive.getinfo(member) if isinstance(member, str) else member
        except KeyError:
            raise DocumentError(f"the {self._what} is damaged (no {member})") from None
        if info.flag_bits & 1:
            raise DocumentError(f"the {self._what} asks for a password")
        try:
            with self._archive.open(info) as stream:
                body = stream.read(self._left + 1)
        except Exception as error:  # every compressor has errors of its own
            raise DocumentError(f"the {self._what} is damaged ({type(error).__name__})") from error
        self._left -= len(body)
        if self._left < 0:
            raise DocumentError(f"the {self._what} unpacks to more than is read")
        return body

    def xml(self, member: zipfile.ZipInfo | str) -> bytes:
        """Return an XML member. Raises DocumentError also when it declares entities."""
        body = self.read(member)
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise DocumentError(f"the {self._what} declares XML entities; not read")
        return body


@contextmanager
def opened(body: bytes, *, what: str) -> Iterator[Container]:
    """Open a ZIP file; ``what`` names it in errors. Raises DocumentError."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(body))
    except _DAMAGE as error:
        raise DocumentError(f"the {what} is damaged ({type(error).__name__})") from error
    with archive:
        yield Container(archive, what)


def names(body: bytes) -> frozenset[str]:
    """Return what a ZIP file says that it holds; nothing when it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return frozenset(archive.namelist())
    except _DAMAGE:
        return frozenset()
