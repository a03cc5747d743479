"""The error tree. Messages are one line: what, where, and what to do about it.

```
DibaoError                 base of everything this project raises on purpose
├── ConfigError            the configuration cannot be used; nothing was started
├── SourceError(source)    one source cannot be read; the run goes on
│   └── LayoutError        the answer no longer looks as its source says
├── DocumentError          one page, feed or file cannot be read; the run goes on
├── StoreError             the database cannot be trusted or is in use; the run stops
├── ModelError             a configured model cannot be loaded or asked; the run stops
└── PublishError           an edition or mailing is not fit to go out; the last one stays
```
"""

from __future__ import annotations


class DibaoError(Exception):
    """Base of everything this project raises on purpose."""


class ConfigError(DibaoError):
    """The configuration cannot be used."""


class SourceError(DibaoError):
    """One source cannot be read."""

    def __init__(self, source: str, problem: str, *, hint: str = "") -> None:
        self.source = source
        super().__init__(f"{source}: {problem}" + (f" ({hint})" if hint else ""))


class LayoutError(SourceError):
    """The answer no longer looks as its source says."""


class DocumentError(DibaoError):
    """One page, feed or file cannot be read."""


class StoreError(DibaoError):
    """The database cannot be trusted, or another process writes to it."""


class ModelError(DibaoError):
    """A configured model cannot be loaded or asked."""


class PublishError(DibaoError):
    """An edition or mailing is not fit to go out."""
