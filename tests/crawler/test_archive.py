"""What was fetched can be read back, byte for byte, and is kept once."""

from __future__ import annotations

import gzip
import hashlib
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dibao.crawler.archive import Answer, Recorder
from dibao.crawler.replay import Recording
from dibao.store import Store

NOW = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
URL = "https://www.example.org/a?b=2&a=1"


def record(folder: Path, *answers: tuple[str, str, Answer]) -> Recorder:
    recorder = Recorder(folder, NOW)
    for method, url, answer in answers:
        recorder.write(method=method, url=url, request_body=b"{}", answer=answer)
    recorder.close()
    return recorder


def test_an_answer_comes_back_byte_for_byte(tmp_path: Path) -> None:
    body = gzip.compress("正文".encode())
    kept = Answer(
        status=203, headers=(("Content-Type", "text/plain"), ("Content-Encoding", "gzip")), body=body
    )
    recorder = record(tmp_path, ("GET", URL, kept))
    [snapshot] = recorder.drain()

    assert Recording(tmp_path).answer(URL) == kept
    assert Recording(tmp_path / snapshot.warc).answer(URL + "#part") == kept
    assert (snapshot.sha256, snapshot.size) == (hashlib.sha256(body).hexdigest(), len(body))
    assert (snapshot.media_type, snapshot.fetched_at, snapshot.url) == ("text/plain", NOW, URL)


def test_a_body_seen_before_is_kept_once(tmp_path: Path) -> None:
    body = random.Random(7).randbytes(50_000)
    twice = [("GET", f"https://www.example.org/{n}", Answer(body=body)) for n in range(2)]
    recorder = record(tmp_path, *twice)
    [path] = tmp_path.iterdir()

    assert path.stat().st_size < 2 * len(body)
    assert b"revisit" in gzip.decompress(path.read_bytes())
    assert [Recording(path).answer(url) for _, url, _ in twice] == [Answer(body=body)] * 2
    assert len(recorder.drain()) == 2


def test_a_post_is_not_mistaken_for_a_get(tmp_path: Path) -> None:
    record(tmp_path, ("GET", URL, Answer(body=b"get")), ("POST", URL, Answer(body=b"post")))
    recording = Recording(tmp_path)

    assert recording.answer(URL) == Answer(body=b"get")
    assert recording.answer(URL, method="POST") == Answer(body=b"post")


def test_a_post_alone_leaves_no_get_behind(tmp_path: Path) -> None:
    record(tmp_path, ("POST", URL, Answer(body=b"post")))

    assert Recording(tmp_path).answer(URL) is None


def test_the_newest_of_several_answers_counts(tmp_path: Path) -> None:
    record(tmp_path, ("GET", URL, Answer(body=b"old")))
    record(tmp_path, ("GET", URL, Answer(body=b"new")))

    assert len(list(tmp_path.iterdir())) == 2
    assert Recording(tmp_path).answer(URL) == Answer(body=b"new")


def test_only_safe_headers_are_kept(tmp_path: Path) -> None:
    answer = Answer(
        headers=(("Set-Cookie", "sid=1"), ("X-Client-IP", "192.0.2.1"), ("etag", '"x"')), body=b"x"
    )
    record(tmp_path, ("GET", URL, answer))
    found = Recording(tmp_path).answer(URL)

    assert found is not None
    assert found.headers == (("etag", '"x"'),)


def test_a_run_without_answers_leaves_no_file(tmp_path: Path) -> None:
    record(tmp_path / "warc")

    assert not (tmp_path / "warc").exists()


def run(folder: Path, store: Store, day: int, *answers: tuple[str, bytes]) -> Path:
    """Record one run of its own; return its file."""
    before = set(folder.glob("*"))
    recorder = Recorder(folder, NOW + timedelta(days=day), known=store.snapshot)
    for url, body in answers:
        recorder.write(method="GET", url=url, request_body=b"", answer=Answer(body=body))
    recorder.close()
    store.put_snapshots(recorder.drain())
    [file] = set(folder.glob("*")) - before
    return file


BODY = random.Random(8).randbytes(50_000)


def test_a_body_of_an_earlier_run_is_not_kept_again(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        first = run(tmp_path, store, 0, (URL, BODY), ("https://www.example.org/b", b"b"))
        later = [run(tmp_path, store, day, (URL, BODY)) for day in (1, 2)]

    assert first.stat().st_size > len(BODY)
    assert all(file.stat().st_size < 2_000 for file in later)
    text = gzip.decompress(later[1].read_bytes()).decode()
    assert "WARC-Refers-To-Date: 2026-11-20T01:02:03Z" in text
    assert "WARC-Date: 2026-11-22T01:02:03Z" in text


def test_a_body_of_an_earlier_run_comes_back_from_folder_and_from_the_file_alone(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        run(tmp_path, store, 0, (URL, BODY))
        run(tmp_path, store, 1, ("https://www.example.org/b", b"b"))
        later = run(tmp_path, store, 2, (URL, BODY))

    assert Recording(tmp_path).answer(URL) == Answer(body=BODY)
    assert Recording(later).answer(URL) == Answer(body=BODY)


def test_a_body_whose_file_is_gone_is_kept_again(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        run(tmp_path, store, 0, (URL, BODY)).unlink()
        again = run(tmp_path, store, 1, (URL, BODY))

    assert Recording(again).answer(URL) == Answer(body=BODY)


def test_a_reference_to_a_body_that_is_gone_is_no_empty_answer(tmp_path: Path) -> None:
    with Store(":memory:") as store:
        first = run(tmp_path, store, 0, (URL, BODY))
        later = run(tmp_path, store, 1, (URL, BODY), ("https://www.example.org/b", b"b"))
    first.unlink()

    assert Recording(later).answer(URL) is None
    assert Recording(later).answer("https://www.example.org/b") == Answer(body=b"b")


def test_what_one_address_answers_depends_on_what_was_sent(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, NOW)
    for sent in (b"lawType=1", b"lawType=2"):
        recorder.write(method="POST", url=URL, request_body=sent, answer=Answer(body=b"to " + sent))
    recorder.close()
    recording = Recording(tmp_path)

    assert recording.answer(URL, method="POST", sent=b"lawType=1") == Answer(body=b"to lawType=1")
    assert recording.answer(URL, method="POST", sent=b"lawType=2") == Answer(body=b"to lawType=2")
    assert recording.answer(URL, method="POST", sent=b"time=9") == Answer(body=b"to lawType=2")
