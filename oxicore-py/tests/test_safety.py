"""Threads, panics, hostile bytes, and the interpreter's lock."""

from __future__ import annotations

import functools
import itertools
import os
import pickle
import random
import subprocess
import sys
import sysconfig
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import numpy as np
import oxicore
import pytest
from conftest import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as some
from nights import SHORT, night
from oxicore import _core


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


def all_at_once(*works: Callable[[], object]) -> list[object]:
    """What each work gave: a thread each, all starting together."""
    ready = threading.Barrier(len(works))
    def run(work: Callable[[], object]) -> object:
        ready.wait()
        return work()
    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(run, works))


#: Everything a night can be asked, each as plain data that compares.
ASKED: dict[str, Callable[[oxicore.Recording], object]] = {
    "facts": lambda night: (repr(night), len(night), night.format, night.start, night.recording_s, night.device, night.notices),
    "columns": lambda night: [night.time.tolist(), night.spo2.tolist(), night.pulse.tolist(), night.motion.tolist()],
    "arithmetic": lambda night: (night.spo2.mean(), (night.pulse > 60).sum(), night.spo2[100:900].filled().tobytes()),
    "numpy": lambda night: {name: column.dtype for name, column in night.to_numpy().items()},
    "analysis": lambda night: [night.analyze(profile).to_dict() for profile in ("aasm", "mean120", "pobm")],
    "settings": lambda night: night.analyze(listed_pct=4, max_motion=5).events.to_dict(),
    "events": lambda night: [night.desaturations(profile).events.to_dict() for profile in ("aasm", "pobm")],
    "definitions": lambda night: night.compare().to_dict(),
    "line": lambda night: [night.reduce(99, channel).to_dict() for channel in ("spo2", "pulse", "motion")],
    "part": lambda night: night[timedelta(minutes=10) : timedelta(minutes=40)].analyze().to_dict(),
    "halves": lambda night: oxicore.join([night[: timedelta(minutes=30)], night[timedelta(minutes=30) :]]).to_csv(),
    "text": lambda night: night.to_csv(),
    "edf": lambda night: night.to_edf(listed_pct=4),
    "edf again": lambda night: oxicore.read(night.to_edf()).spo2.tolist(),
    "pickle": lambda night: pickle.loads(pickle.dumps(night)).pulse.tolist(),
    "picture": lambda night: night._repr_html_(),
    "arrays": lambda night: oxicore.Recording.from_arrays(night.time, night.spo2, night.pulse).to_csv(),
    "cohort": lambda night: oxicore.read_many([night, ("text", night.to_csv()), ("zeros", bytes(9))], workers=2).to_dict(),
}


def asked_in_any_order(nights: list[oxicore.Recording], seed: int) -> dict[tuple[str, int], object]:
    """Every answer of every night; each seed asks in an order of its own, so that different work meets."""
    questions = list(itertools.product(ASKED, range(len(nights))))
    random.Random(seed).shuffle(questions)
    return {(name, at): ASKED[name](nights[at]) for name, at in questions}


def test_threads_get_what_one_thread_gets_whatever_they_ask_of_the_same_nights() -> None:
    """The nights are new each time: what is made when it is first asked for is asked for by all at once."""
    files = [night(seed, hours=1).to_csv() for seed in range(3)]
    alone = asked_in_any_order([oxicore.read(file) for file in files], seed=0)
    for round_ in range(3):
        shared = [oxicore.read(file) for file in files]
        works = [functools.partial(asked_in_any_order, shared, 100 * round_ + thread) for thread in range(8)]
        for answers in all_at_once(*works):
            assert answers == alone


def test_threads_that_are_the_first_to_ask_for_columns_see_the_same_readings() -> None:
    file = night(hours=0.5).to_csv()
    alone = [column.tolist() for column in oxicore.read(file).to_numpy().values()]
    for _ in range(100):
        shared = oxicore.read(file)
        for columns in all_at_once(*[shared.to_numpy] * 4):
            assert [column.tolist() for column in columns.values()] == alone
        assert shared.spo2 is shared.spo2


def test_threads_share_an_analysis() -> None:
    alone = night().analyze()
    for _ in range(100):
        shared = night().analyze()
        for numbers in all_at_once(*[lambda: (shared.aasm, shared.spo2, shared.desaturations, shared.hours)] * 4):
            assert numbers == (alone.aasm, alone.spo2, alone.desaturations, alone.hours)


def test_threads_are_told_what_is_wrong_with_each_file() -> None:
    def refused(data: bytes) -> str:
        try:
            return f"a night of {len(oxicore.read(data))} records"
        except oxicore.ParseError as error:
            return f"{error.code} at line {error.line}: {error}"
    damaged = [SHORT, SHORT[:40], SHORT.replace(b"95", b"x5"), SHORT.replace(b"2026,94", b"2026;94"), b"", bytes(99)]
    alone = [refused(data) for data in damaged]
    assert len(set(alone)) > 3
    for outcome in all_at_once(*[lambda: [refused(data) for data in damaged * 20]] * 8):
        assert outcome == alone * 20


def test_an_interpreter_without_a_lock_stays_so() -> None:
    """As it starts by itself, and so that the warning of a lock that comes back is an error; others keep theirs."""
    code = (
        "import sys, oxicore; oxicore.synthetic_night(hours=1).analyze(); "
        "print(getattr(sys, '_is_gil_enabled', lambda: True)())"
    )
    own = {name: value for name, value in os.environ.items() if name != "PYTHON_GIL"}
    has_lock = subprocess.check_output([sys.executable, "-W", "error", "-c", code], env=own, text=True)
    assert has_lock.strip() == str(not sysconfig.get_config_var("Py_GIL_DISABLED"))


def test_a_cohort_that_is_given_up_does_not_wait_with_the_lock_held() -> None:
    """Its last file is a pipe that another thread has yet to fill: held, the two would wait for each other."""
    code = """
import os, sys, tempfile, threading, oxicore
pipe = os.path.join(tempfile.mkdtemp(), "night.csv")
os.mkfifo(pipe)
text, is_read, is_given_up = oxicore.synthetic_night(hours=1).to_csv(), threading.Event(), threading.Event()
def give_up(count):
    is_read.wait()
    is_given_up.set()
    raise KeyboardInterrupt
def fill():
    with open(pipe, "wb") as file:
        is_read.set()
        is_given_up.wait()
        file.write(text)
threading.Thread(target=fill).start()
sys.setswitchinterval(10)  # who gives up must release the lock himself
try:
    oxicore.read_many([("first", text), pipe], workers=2, progress=give_up)
except KeyboardInterrupt:
    print("given up")
"""
    outcome = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert outcome.stdout == "given up\n"


def _long_calls() -> dict[str, Callable[[], object]]:
    """Calls of the compiled module that look at every record of a night."""
    whole = oxicore.synthetic_night(hours=8, interval_s=1)
    text, core = whole.to_csv(), whole._core
    readings = [np.asarray(column.filled(), np.int32) for column in (whole.spo2, whole.pulse, whole.motion)]
    seconds, fine = whole.time.astype(np.int64), readings[0].astype(np.float64)
    return {
        "read": lambda: _core.Recording(text),
        "columns": core.columns,
        "arrow": core.arrow_c_stream,
        "analyze": lambda: core.analyze("pobm", 3, {}),
        "desaturations": lambda: core.desaturations("aasm", 3, {}),
        "compare": lambda: core.compare({}),
        "line": lambda: core.line("spo2", 100, 0, 30_000),
        "part": lambda: core.part(0, 20_000),
        "to_csv": core.to_csv,
        "to_edf": lambda: core.to_edf(3, False),
        "join": lambda: _core.Recording.joined([core], 0),
        "arrays": lambda: _core.Recording.of_arrays(seconds, readings[0], fine, *readings[1:]),
    }


LONG_CALLS = _long_calls()


@pytest.mark.parametrize("name", LONG_CALLS)
def test_other_threads_run_while_a_night_is_looked_at(name: str) -> None:
    """Nobody is made to give the lock up: a thread that waits gets on only if the call releases it by itself."""
    ran, before = threading.Event(), sys.getswitchinterval()
    sys.setswitchinterval(1_000)
    try:
        threading.Thread(target=lambda: (time.sleep(0.01), ran.set())).start()
        latest = time.monotonic() + 10
        while not ran.is_set() and time.monotonic() < latest:
            LONG_CALLS[name]()
    finally:
        sys.setswitchinterval(before)
    assert time.monotonic() < latest


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
