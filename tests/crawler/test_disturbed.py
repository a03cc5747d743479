"""A crawl that is killed, or whose disk is full: nothing stored is lost, nothing half is kept."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dibao.crawler import replay
from dibao.crawler.archive import Answer, Recorder
from dibao.crawler.replay import Recording
from dibao.crawler.run import CrawlReport, crawl
from dibao.store import ConfigError, Store, StoreError

from .shapes import CATALOGUE, NOW, record

ROOT = Path(__file__).resolve().parents[2]
SPECS = list(CATALOGUE.values())[:40]
CHILD = """
import sys
from pathlib import Path
from dibao.store import Store
from tests.crawler.test_disturbed import read
folder = Path(sys.argv[1])
with Store(folder / "dibao.sqlite") as store:
    read(store, folder, folder / "web", progress=lambda *done: print(done[1], flush=True))
"""


def read(store: Store, folder: Path, web: Path, *, progress: object = None) -> CrawlReport:
    """One run over the recorded web of all sources, with an archive of its own."""
    return crawl(
        store, SPECS, now=NOW, contact="x", archive=folder / "archive", replay=web,
        first_poll_is_news=True, on_progress=progress,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    record(folder)
    return folder


@pytest.fixture(scope="module")
def whole(web: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """What a run that nobody disturbed leaves behind."""
    folder = tmp_path_factory.mktemp("whole")
    with Store(folder / "dibao.sqlite") as store:
        read(store, folder, web)
        return left(store)


def left(store: Store) -> list[tuple[object, ...]]:
    items = tuple(store.items(store.due("test", "1")).values())
    lists = store.lists(now=NOW)
    return [
        *sorted((item.id, item.title, item.text, item.column, item.snapshot) for item in items),
        *sorted((row.source_id, row.url, row.error) for row in lists),
    ]


def archived(store: Store, folder: Path) -> bool:
    """Is every answer that an item was made of in the archive?"""
    kept = {item.snapshot for item in store.items(store.due("archive", "1")).values() if item.snapshot}
    found = [store.snapshot(sha256) for sha256 in kept]
    Recording(folder / "archive")
    return bool(kept) and all(one is not None and (folder / "archive" / one.warc).is_file() for one in found)


@contextmanager
def small_disk(size: int) -> Iterator[None]:
    """No file may grow beyond ``size`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.slow
@pytest.mark.parametrize("done", [1, 20])
def test_a_crawl_killed_in_the_middle_ends_as_one_that_was_not(
    web: Path, whole: list[tuple[object, ...]], tmp_path: Path, done: int
) -> None:
    (tmp_path / "web").symlink_to(web)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(tmp_path)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert child.stdout is not None
    for line in child.stdout:
        if int(line) == done:
            break
    child.kill()
    child.communicate()
    with Store(tmp_path / "dibao.sqlite") as store:
        before = store.counts()["items"]
        read(store, tmp_path, web)

        assert child.returncode < 0
        assert before < store.counts()["items"]
        assert left(store) == whole
        assert archived(store, tmp_path)


@pytest.mark.parametrize("size", [100_000, 600_000])
def test_a_database_whose_disk_is_full_keeps_what_it_has(
    web: Path, whole: list[tuple[object, ...]], tmp_path: Path, size: int
) -> None:
    Store(tmp_path / "dibao.sqlite").close()
    with (
        pytest.raises(StoreError, match=r"dibao\.sqlite: cannot be written .*; look at the space") as told,
        Store(tmp_path / "dibao.sqlite") as store,
        small_disk(size),
    ):
        read(store, tmp_path, web)
    with Store(tmp_path / "dibao.sqlite") as store:
        read(store, tmp_path, web)

        assert "\n" not in str(told.value)
        assert left(store) == whole


@pytest.mark.parametrize("size", [0, 20_000])
def test_an_archive_whose_disk_is_full_stops_the_run_and_blames_no_source(
    web: Path, whole: list[tuple[object, ...]], tmp_path: Path, size: int
) -> None:
    with Store(":memory:") as store:
        with (
            pytest.raises(StoreError, match=r"warc\.gz: no place for what was fetched") as told,
            small_disk(size),
        ):
            read(store, tmp_path, web)
        blamed = [row for row in store.lists(now=NOW) if row.error]
        read(store, tmp_path, web)

        assert blamed == []
        assert "\n" not in str(told.value)
        assert left(store) == whole
        assert archived(store, tmp_path)


# --- the end of an archive -----------------------------------------------------------------------


def page(number: int) -> Answer:
    return Answer(body=bytes([65 + number]) * 3_000 + str(number).encode())


def archive_of(folder: Path, count: int) -> tuple[Path, list[int]]:
    """An archive of some pages, and where the record of each begins."""
    recorder = Recorder(folder, NOW)
    for number in range(count):
        recorder.write(method="GET", url=f"https://a.example/{number}", request_body=b"", answer=page(number))
    recorder.close()
    [path] = folder.iterdir()
    return path, [snapshot.offset for snapshot in recorder.drain()]


def found_in(recording: Recording, count: int) -> list[Answer | None]:
    return [recording.answer(f"https://a.example/{number}") for number in range(count)]


def test_an_archive_cut_anywhere_gives_the_whole_answers_before_the_cut(tmp_path: Path) -> None:
    path, starts = archive_of(tmp_path, 3)
    data = path.read_bytes()
    for end in range(starts[1], len(data)):
        path.write_bytes(data[:end])
        answers = found_in(Recording(tmp_path), 3)
        number = sum(start <= end for start in starts[1:])
        assert answers[:number] == [page(n) for n in range(number)]
        assert all(answer in (None, page(n)) for n, answer in enumerate(answers))


def test_of_a_cut_archive_the_log_tells(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path, _ = archive_of(tmp_path, 3)
    path.write_bytes(path.read_bytes()[:-40])
    Recording(tmp_path)

    assert f"{path.name}: its last record was cut off" in caplog.text


def test_a_cut_archive_does_not_keep_others_from_being_read(tmp_path: Path) -> None:
    path, starts = archive_of(tmp_path, 3)
    path.rename(tmp_path / "a.warc.gz")
    (tmp_path / "b.warc.gz").write_bytes((tmp_path / "a.warc.gz").read_bytes()[: starts[0] - 1])

    assert found_in(Recording(tmp_path), 3) == [page(n) for n in range(3)]


def test_an_archive_damaged_in_the_middle_is_said_to_be(tmp_path: Path) -> None:
    path, starts = archive_of(tmp_path, 3)
    data = bytearray(path.read_bytes())
    data[starts[1] : starts[1] + 40] = b"\0" * 40
    path.write_bytes(data)

    with pytest.raises(ConfigError, match="not readable as WARC"):
        Recording(tmp_path)


def test_without_the_rule_half_an_answer_would_be_taken_for_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "".join(f"第{n}条，应当报告。" for n in range(3_000)).encode()
    recorder = Recorder(tmp_path, NOW)
    for name in "ab":
        url = f"https://a.example/{name}"
        recorder.write(method="GET", url=url, request_body=b"", answer=Answer(body=body + name.encode()))
    recorder.close()
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-200])
    assert Recording(tmp_path).answer("https://a.example/b") is None

    monkeypatch.setattr(replay, "_whole", lambda _: True)
    half = Recording(tmp_path).answer("https://a.example/b")
    assert half is not None
    assert 0 < len(half.body) < len(body)


def test_what_did_not_fit_leaves_the_archive_as_it_was(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, NOW)
    recorder.write(method="GET", url="https://a.example/0", request_body=b"", answer=page(0))
    [path] = tmp_path.iterdir()
    before = path.read_bytes()
    with small_disk(len(before) + 100), pytest.raises(StoreError):
        recorder.write(method="GET", url="https://a.example/1", request_body=b"", answer=page(1))
    assert path.read_bytes() == before

    recorder.write(method="GET", url="https://a.example/2", request_body=b"", answer=page(2))
    recorder.close()
    assert found_in(Recording(tmp_path), 3) == [page(0), None, page(2)]
    assert len(recorder.drain()) == 2
