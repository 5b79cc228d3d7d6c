"""How much faster than the usual tools: medians of interleaved rounds in one run, by CPU time of the process.

    python ratios.py [--rounds 15] [--json FILE] [--pobm PYTHON]

Prints name, ratio and goal, and PASS or the figure reached. Only ratios within one run mean something: the machine is shared.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import io
import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np
import oxicore
import pandas
import polars
import pyarrow.csv

RECORDS, INTERVAL_S = 7_392, 4
NAMES = ["Time", "Oxygen Level", "Pulse Rate", "Motion"]
STAMP = "%H:%M:%S %d/%m/%Y"
#: Of so much of the night, seconds, the events are compared: above 127 pobm's counter of eight bits loses some.
AGREES_S = RECORDS * INTERVAL_S // 2
#: A measured stretch is at least this long, seconds: the clock of the process is coarse.
STRETCH_S = 0.02


@dataclass
class Ratio:
    """One comparison; `ours` and `peer` are medians of CPU time a call."""

    group: str
    name: str
    ours: float
    peer: float
    unit: str
    ratio: float
    goal: float
    passed: bool


def night_file() -> bytes:
    """A made-up night in the words of a device: 27 bytes a row, `--` where there is no reading.

    Length and number of desaturations (about 170) are those of the recorded night that the goals were set on.
    """
    hours = RECORDS * INTERVAL_S / 3_600
    night = oxicore.synthetic_night(9, hours=hours, interval_s=INTERVAL_S, events_per_h=26, missing_pct=0.1)
    rows = [f"{when.item():{STAMP}}" for when in night.time]
    cell = [["--" if value is None else str(value) for value in column.tolist()] for column in (night.spo2, night.pulse, night.motion)]
    lines = [",".join(row) for row in zip(rows, *cell, strict=True)]
    return ("\n".join([",".join(NAMES), *lines]) + "\n").encode()


def with_oxicore(data: bytes) -> list[np.ndarray]:
    """As the peers give them: times, and numbers with NaN where there is no reading."""
    return list(oxicore.read(data).to_numpy(missing="nan").values())


def with_masks(data: bytes) -> list[np.ndarray]:
    """Whole numbers with a mask, which no peer has."""
    night = oxicore.read(data)
    return [night.time, night.spo2, night.pulse, night.motion]


def with_polars(data: bytes) -> list[np.ndarray]:
    frame = polars.read_csv(data, null_values="--")
    frame = frame.with_columns(polars.col("Time").str.to_datetime(STAMP))
    return [frame[name].to_numpy() for name in NAMES]


def with_pyarrow(data: bytes) -> list[np.ndarray]:
    convert = pyarrow.csv.ConvertOptions(timestamp_parsers=[STAMP], null_values=["--"])
    table = pyarrow.csv.read_csv(io.BytesIO(data), convert_options=convert)
    return [table[name].to_numpy() for name in NAMES]


def with_pandas(data: bytes) -> list[np.ndarray]:
    """What an application writes: read, turn dates and numbers, drop what is missing, sort."""
    frame = pandas.read_csv(io.BytesIO(data))
    frame["Time"] = pandas.to_datetime(frame["Time"], format=STAMP)
    for name in NAMES[1:]:
        frame[name] = pandas.to_numeric(frame[name], errors="coerce")
    frame = frame.dropna().sort_values("Time")
    return [frame[name].to_numpy() for name in NAMES]


def same_columns(data: bytes) -> None:
    """Refuses to compare what gives different values."""
    time_, *readings = with_oxicore(data)
    masked_time, *masked = with_masks(data)
    assert np.array_equal(masked_time, time_), "times differ"
    plain = [masked_time, *(column.astype(float).filled(np.nan) for column in masked)]
    for peer in (with_polars(data), with_pyarrow(data), plain):
        assert np.array_equal(peer[0].astype("datetime64[s]"), time_), "times differ"
        for ours, theirs in zip(readings, peer[1:], strict=True):
            assert np.array_equal(ours, theirs.astype(float), equal_nan=True), "readings differ"
    kept = ~(np.isnan(readings[0]) | np.isnan(readings[1]))
    assert np.array_equal(with_pandas(data)[1], readings[0][kept]), "readings differ"


def numpy_sliding(spo2: np.ndarray) -> tuple[float, ...]:
    """The vectorised short cut: rising edges below the highest of two minutes, mean, lowest, T90, T94."""
    width = 120 // INTERVAL_S
    padded = np.concatenate([np.full(width, spo2[0]), spo2])
    peak = np.lib.stride_tricks.sliding_window_view(padded, width + 1).max(axis=1)
    is_low = peak - spo2 >= 3
    events = int((is_low[1:] & ~is_low[:-1]).sum())
    return (events, spo2.mean(), spo2.min(), (spo2 < 90).mean(), (spo2 < 94).mean())


def cpu_s(call: Callable[[], object], repetitions: int) -> float:
    begin = time.process_time()
    for _ in range(repetitions):
        call()
    return (time.process_time() - begin) / repetitions


def race(contestants: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds a call, of each round; every round measures all of them, one after the other."""
    repetitions = {name: max(1, round(STRETCH_S / max(cpu_s(call, 3), 1e-7))) for name, call in contestants.items()}
    measured: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(rounds):
        for name, call in contestants.items():
            measured[name].append(cpu_s(call, repetitions[name]))
    return measured


def ratio(group: str, name: str, ours_s: list[float], peer_s: list[float], goal: float) -> Ratio:
    """Medians of the rounds: of the times, and of the rounds' own ratios."""
    reached = statistics.median(peer / ours for ours, peer in zip(ours_s, peer_s, strict=True))
    ours, peer = (statistics.median(times) * 1e6 for times in (ours_s, peer_s))
    return Ratio(group, name, ours, peer, "us", reached, goal, reached >= goal)


def csv_ratios(data: bytes, rounds: int) -> list[Ratio]:
    """A file in memory to four numpy columns."""
    same_columns(data)
    peers = {"polars read_csv + to_datetime": (with_polars, 30.0), "pyarrow.csv with timestamps": (with_pyarrow, 25.0)}
    peers["pandas read_csv + to_datetime + to_numeric + dropna + sort"] = (with_pandas, 300.0)
    contestants: dict[str, Callable[[], object]] = {name: lambda read=read: read(data) for name, (read, _) in peers.items()}
    ours = {"oxicore": lambda: with_oxicore(data), "masks": lambda: with_masks(data)}
    measured = race({**ours, **contestants}, rounds)
    lanes = [ratio("python-csv", name, measured["oxicore"], measured[name], goal) for name, (_, goal) in peers.items()]
    masks = [ratio("python-csv", f"{name}, to masked arrays", measured["masks"], measured[name], 0.0) for name in peers]
    return lanes + masks


def numbers_of(night: oxicore.Recording) -> tuple[float | None, ...]:
    """The whole analysis, and some of its numbers in Python."""
    numbers = night.analyze()
    return (numbers.aasm.odi3.per_h, numbers.aasm.odi4.per_h, numbers.delta_index_pct)


def five_numbers(night: oxicore.Recording) -> tuple[float | None, ...]:
    """What the peer counts and measures, by one definition that also keeps its events."""
    found = night.desaturations()
    spo2 = found.spo2
    assert spo2 is not None
    return (found.index.count, spo2.mean_pct, spo2.min_pct, spo2.below_90_pct)


def analysis_ratios(data: bytes, rounds: int) -> list[Ratio]:
    """One definition, and for information all numbers, of a night that is read already, against five numbers by NumPy."""
    night = oxicore.read(data)
    spo2 = night.spo2.astype(float).filled(96.0)
    ours = {"oxicore": lambda: five_numbers(night), "whole": lambda: numbers_of(night)}
    measured = race({**ours, "numpy": lambda: numpy_sliding(spo2)}, rounds)
    name = "numpy sliding maximum (5 numbers, no events)"
    one = ratio("python-analysis", name, measured["oxicore"], measured["numpy"], 4.0)
    return [one, ratio("python-analysis", f"{name}, by the whole analysis", measured["whole"], measured["numpy"], 0.0)]


def pobm_ratios(data: bytes, rounds: int, python: str) -> list[Ratio]:
    """pobm's desaturation measures against the same definition, of the same readings.

    pobm takes each reading for a second and wants none missing: it is given each as often as it lasts, seconds.
    """
    spo2 = oxicore.read(data).spo2.astype(float).filled(96.0)
    night = oxicore.Recording.from_arrays(np.arange(spo2.size) * INTERVAL_S, spo2)
    child = [python, str(Path(__file__).with_name("pobm_peer.py"))]
    with subprocess.Popen(child, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdin is not None and peer.stdout is not None
        ask = lambda line: (print(line, file=peer.stdin, flush=True), peer.stdout.readline())[1]  # noqa: E731
        part = night[: timedelta(seconds=AGREES_S)]
        same_events(part, json.loads(ask(json.dumps(each_second(part)))))
        if ask(json.dumps(each_second(night))).strip() != "ready":
            raise RuntimeError("pobm did not start")
        ours, whole, theirs = [], [], []
        for _ in range(rounds):
            ours.append(cpu_s(lambda: night.desaturations("pobm").index.per_h, 50))
            whole.append(cpu_s(lambda: night.analyze("pobm").index3, 20))
            theirs.append(float(ask("again")))
        peer.stdin.close()
    name = "pobm 1.2.0 DesaturationsMeasures(3)"
    one = ratio("python-analysis", name, ours, theirs, 100.0)
    all_numbers = ratio("python-analysis", f"{name}, by the whole analysis", whole, theirs, 0.0)
    return [one, all_numbers]


def each_second(night: oxicore.Recording) -> list[float]:
    """The readings as pobm wants them."""
    return np.repeat(night.spo2.astype(float), INTERVAL_S).tolist()


def same_events(night: oxicore.Recording, peer: dict[str, list[int]]) -> None:
    """Refuses to compare what finds other desaturations."""
    found = night.desaturations("pobm")
    assert len(peer["begin"]) == found.index.count, f"{len(peer['begin'])} desaturations, not {found.index.count}"
    assert peer["begin"] == found.events.column("begin_s"), "the desaturations begin elsewhere"


def cohort(nights: int = 1_000) -> dict[str, object]:
    """Nights a second and core from files, and how much memory the thousand took beyond the first hundred."""
    with tempfile.TemporaryDirectory() as folder:
        files = [oxicore.synthetic_night(seed).to_csv() for seed in range(20)]
        for at in range(nights):
            Path(folder, f"{at:04}.csv").write_bytes(files[at % len(files)])
        code = (
            "import resource, sys, time, oxicore, glob\n"
            "paths = sorted(glob.glob(sys.argv[1] + '/*.csv'))\n"
            "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "oxicore.read_many(paths[:100]); first = peak()\n"
            "begin, wall = time.process_time(), time.perf_counter(); table = oxicore.read_many(paths)\n"
            "print(len(table), table.column('error').count(None), time.process_time() - begin, time.perf_counter() - wall, first, peak())\n"
        )
        printed = subprocess.run([sys.executable, "-c", code, folder], check=True, capture_output=True, text=True).stdout.split()
    count, whole, cpu, wall, first, last = (float(number) for number in printed)
    assert count == whole == nights, "a night was lost"
    per_core = {"group": "python-cohort", "name": f"{nights} nights by read_many, a core", "value": nights / cpu, "unit": "nights/s"}
    by_wall = {"group": "python-cohort", "name": f"{nights} nights by read_many, all cores", "value": nights / wall, "unit": "nights/s"}
    grown = {"group": "python-cohort", "name": f"memory of {nights} nights beyond the first 100", "value": (last - first) / 1_024, "unit": "MiB"}
    return {"figures": [per_core, by_wall, grown]}


def machine() -> dict[str, str]:
    lines = Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines() if Path("/proc/cpuinfo").exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return {"python": platform.python_version(), "platform": platform.platform(), "cpu": names[0] if names else platform.processor()}


def plain(one: Ratio) -> dict[str, object]:
    values = asdict(one)
    passed = values.pop("passed")
    return {**values, "goal": one.goal or None, "pass": passed}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--pobm", help="a Python that has pobm 1.2.0")
    options = parser.parse_args()
    data = night_file()
    ratios = csv_ratios(data, options.rounds) + analysis_ratios(data, options.rounds)
    not_measured = []
    if options.pobm is None:
        not_measured.append({"name": "pobm 1.2.0", "why": "no Python with it was given (--pobm)"})
    else:
        ratios += pobm_ratios(data, options.rounds, options.pobm)
    figures = cohort()
    for one in ratios:
        verdict = "PASS" if one.passed else f"reached {one.ratio:.1f}"
        goal = f"goal {one.goal:g}x" if one.goal else "no goal"
        print(f"{one.ratio:8.1f}x  {goal:<12} {verdict:<16} {one.group}: {one.name} ({one.peer:.0f} us against {one.ours:.1f} us)")
    for figure in figures["figures"]:
        print(f"{figure['value']:8.1f} {figure['unit']}  {figure['name']}")
    if options.json is not None:
        versions = {name: importlib.metadata.version(name) for name in ("oxicore", "numpy", "pandas", "polars", "pyarrow")}
        board = {"machine": machine(), "versions": versions, "not_measured": not_measured, "ratios": [plain(one) for one in ratios]}
        options.json.write_text(json.dumps({**board, **figures}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
