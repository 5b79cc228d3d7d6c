"""Threads, panics, hostile bytes, and the interpreter's lock."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import oxicore
from conftest import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as some
from nights import night


@settings(max_examples=500, deadline=None, derandomize=True)
@given(some.binary(max_size=300) | some.text(max_size=300).map(str.encode))
def test_any_bytes_are_a_night_or_a_parse_error(data: bytes) -> None:
    try:
        assert len(oxicore.read(data)) > 0
    except oxicore.ParseError as error:
        assert error.code and str(error)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(data=some.data())
def test_a_damaged_file_is_a_night_or_a_parse_error(data: some.DataObject) -> None:
    paths = sorted(path for path in FIXTURES.iterdir() if path.is_file())
    whole = bytearray(data.draw(some.sampled_from(paths)).read_bytes())
    for _ in range(data.draw(some.integers(1, 4))):
        whole[data.draw(some.integers(0, len(whole) - 1))] = data.draw(some.integers(0, 255))
    [row] = oxicore.read_many([("damaged", bytes(whole))])
    assert (row["error"] is None) == (row["records"] is not None)


def all_at_once(work: Callable[[], object], threads: int = 8) -> list[object]:
    """What each of the threads got, all starting together."""
    ready, got = threading.Barrier(threads), []
    def run() -> None:
        ready.wait()
        got.append(work())
    workers = [threading.Thread(target=run) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return got


def test_threads_share_a_recording_and_its_columns() -> None:
    shared = oxicore.synthetic_night(5, hours=2)
    def work() -> object:
        line = shared.reduce(100).to_dict()
        return (shared.spo2.tolist(), shared.analyze().to_dict(), line, shared.compare().to_dict())
    first, *others = all_at_once(work)
    assert others == [first] * 7


def test_threads_share_an_analysis() -> None:
    shared = night().analyze()
    first, *others = all_at_once(lambda: (shared.aasm, shared.spo2, shared.desaturations, shared.hours))
    assert others == [first] * 7


def test_threads_read_analyze_and_reduce_the_same_nights_at_once() -> None:
    files = [night(seed).to_csv() for seed in range(3)]
    shared = [oxicore.read(file) for file in files]
    def work() -> object:
        got: list[object] = []
        for file, known in zip(files, shared, strict=True):
            for one in (oxicore.read(file), known):
                found = [one.desaturations(profile).events.to_dict() for profile in ("aasm", "pobm")]
                got.append((one.pulse.tolist(), one.analyze("mean120").to_dict(), one.reduce(50).to_dict(), found, one.to_csv()))
        return got
    first, *others = all_at_once(work, threads=16)
    assert others == [first] * 15


def test_an_interpreter_without_a_lock_stays_so() -> None:
    """As it starts by itself, and so that the warning of a lock that comes back is an error; others keep theirs."""
    code = (
        "import sys; has_lock = getattr(sys, '_is_gil_enabled', lambda: True); before = has_lock()\n"
        "import oxicore; oxicore.synthetic_night(hours=1).analyze(); sys.exit(has_lock() != before)"
    )
    own = {name: value for name, value in os.environ.items() if name != "PYTHON_GIL"}
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, env=own)


def test_threads_read_cohorts_at_once() -> None:
    nights = [night(seed) for seed in range(3)]
    first, *others = all_at_once(lambda: oxicore.read_many(nights).to_dict(), threads=4)
    assert others == [first] * 3


def test_other_threads_run_while_a_cohort_is_read() -> None:
    """A thread that only counts goes on counting: the lock is not held for as long as the nights take."""
    ticks, is_done = 0, threading.Event()
    def tick() -> None:
        nonlocal ticks
        while not is_done.is_set():
            ticks += 1
            time.sleep(0.001)
    counter = threading.Thread(target=tick)
    nights = [night(1)] * 400
    before = sys.getswitchinterval()
    sys.setswitchinterval(10)  # nobody is made to give the lock up: who works must release it himself
    try:
        counter.start()
        oxicore.read_many(nights, workers=1)
        counted = ticks
    finally:
        is_done.set()
        sys.setswitchinterval(before)
        counter.join()
    assert counted > 5
