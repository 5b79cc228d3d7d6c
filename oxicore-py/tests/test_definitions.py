"""Readings below the ring's range, the burden of scored events, and readings too coarse for an index."""

from __future__ import annotations

import json
import pickle
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import oxicore

ORACLES = Path(__file__).parents[2] / "oxicore" / "tests" / "oracles"


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ORACLES / name).read_text().splitlines()]


def reals(values: list[Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([np.nan if value is None else value for value in values])


def night_of(case: dict[str, Any]) -> oxicore.Recording:
    return oxicore.Recording.from_arrays(time=case["t"], spo2=reals(case["s"]), pulse=reals(case["p"]))


@pytest.mark.parametrize("case", lines("below_range.jsonl"), ids=lambda case: str(case.get("name", case["k"])))
@pytest.mark.parametrize(("setting", "word"), [("gap", "gap"), ("bridge", "bridged")])
def test_events_flags_and_counts_are_those_expected(case: dict[str, Any], setting: Any, word: str) -> None:
    night = night_of(case)
    for pct, depth in ((3, "odi3"), (4, "odi4")):
        analysis = night.analyze(listed_pct=pct, below_range=setting)
        found = [[e.onset_s, e.nadir_s, e.end_s, e.peak_pct, e.nadir_pct, e.area_pct_s, e.outcome] for e in analysis.desaturations]
        assert found == case[f"aasm{pct}_{word}"]
        expected = case[f"aasm{pct}_{word}_below_range"]
        assert [event.below_range for event in analysis.desaturations] == expected["events"]
        counts = getattr(analysis.aasm, depth).below_range_events
        assert (counts.all, counts.counted) == (expected["all"], expected["counted"])
        assert analysis.quality.below_range_readings == case["below_range_readings"]


def test_arrays_are_of_no_ring_until_the_caller_says_so() -> None:
    case = next(case for case in lines("below_range.jsonl") if case["below_range_readings"])
    night = night_of(case)
    again = pickle.loads(pickle.dumps(night))
    for kept in (night, night[:], again, oxicore.Recording(night.to_csv())):
        assert kept.analyze().quality.below_range_readings == 0
        assert kept.analyze(below_range="bridge").quality.below_range_readings == case["below_range_readings"]
    with pytest.raises(ValueError, match="auto, bridge or gap"):
        night.analyze(below_range="no")  # type: ignore[arg-type]


def test_a_text_of_a_ring_stays_one_and_its_lowest_is_a_bound() -> None:
    levels = [95] * 60 + list(range(93, 64, -1)) + [None] * 30 + list(range(65, 95)) + [95] * 600
    rows = "".join(
        f"22:{at // 60:02}:{at % 60:02} Jan 02 2026,{'--' if spo2 is None else spo2},60,0\n" for at, spo2 in enumerate(levels)
    )
    night = oxicore.Recording(f"Time,Oxygen Level,Pulse Rate,Motion\n{rows}".encode())
    for kept in (night, night[:], oxicore.Recording(night.to_csv()), pickle.loads(pickle.dumps(night))):
        analysis = kept.analyze()
        assert (analysis.quality.below_range_readings, analysis.aasm.odi3.count) == (30, 1)
        assert "lowest <= 65 %" in repr(analysis)
        spo2 = analysis.spo2
        assert spo2 is not None and spo2.below_90_pct_with_below_range > spo2.below_90_pct
    assert night.analyze(below_range="gap").aasm.odi3.truncated == 1
    counted = night.analyze(below_range="gap", include_truncated=True).desaturations
    assert [event.counted for event in counted] == [True]


@pytest.mark.parametrize("case", lines("calchb/cases.jsonl"), ids=lambda case: case["k"])
def test_the_burden_of_scored_events_is_the_expected_one(case: dict[str, Any]) -> None:
    night = oxicore.Recording.from_arrays(time=list(range(len(case["spo2"]))), spo2=reals(case["spo2"]))
    for of in (night, reals(case["spo2"])):
        found = oxicore.hypoxic_burden(of, case["event_start_s"], case["event_duration_s"], case["sleep"])
        assert found is not None
        assert (list(found.window_s), found.area_pct_s, found.events) == (
            case["expected"]["window_s"],
            case["expected"]["area_pct_s"],
            case["expected"]["events"],
        )
        assert found.hypoxic_burden_pctmin_h == pytest.approx(case["expected"]["hypoxic_burden_pctmin_h"], abs=1e-9)


def in_tenths(seconds: int) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.where((np.arange(seconds) // 6) % 10 == 9, 89.4, 96.3)


def edf_of(spo2_pct: np.ndarray[Any, np.dtype[np.float64]]) -> bytes:
    """An EDF with SpO2 in tenths of a percent, a reading a second."""
    def padded(text: object, length: int) -> bytes:
        return str(text).ljust(length).encode()
    head = [("0", 8), ("X", 80), ("X", 80), ("02.01.26", 8), ("22.00.00", 8), (512, 8), ("", 44), (len(spo2_pct), 8), (1, 8), (1, 4)]
    signal = [("SpO2", 16), ("", 80), ("%", 8), (0, 8), (100, 8), (0, 8), (1000, 8), ("", 80), (1, 8), ("", 32)]
    return b"".join(padded(*field) for field in head + signal) + np.round(spo2_pct * 10).astype("<i2").tobytes()


def test_readings_finer_than_a_percent_count_wherever_a_night_was_taken_from() -> None:
    spo2 = in_tenths(900)
    def burden(night: Any) -> float:
        found = oxicore.hypoxic_burden(night, [250.0, 430.0], [40.0, 40.0], [1] * 900)
        assert found is not None
        return found.area_pct_s

    read, made = oxicore.read(edf_of(spo2)), oxicore.Recording.from_arrays(np.arange(900), spo2)
    middle = timedelta(seconds=333)
    for night in (read, made):
        assert night.notices.rounded_readings == 900 and night.spo2.dtype == np.int16
        joined = oxicore.join([night[middle:], night[:middle]])
        for kept in (night, night[:], joined, pickle.loads(pickle.dumps(night)), pickle.loads(pickle.dumps(joined))):
            assert burden(kept) == pytest.approx(burden(spo2), abs=1e-9)
    assert burden(oxicore.Recording.from_arrays(np.arange(900), np.round(spo2))) != pytest.approx(burden(spo2), abs=1)


def test_scored_events_that_cannot_be_are_refused_with_their_reason() -> None:
    spo2 = [96.0] * 600
    for starts, durations, sleep, reason in (
        ([280.0, 400.0], [20.0], [1] * 600, "2 starts of events and 1 durations"),
        ([400.0, 280.0], [20.0, 20.0], [1] * 600, "the start of event 1 must be seconds from the first record, after the one before"),
        ([-1.0], [20.0], [1] * 600, "the start of event 0 must be"),
        ([280.0], [0.0], [1] * 600, "the duration of event 0 must be seconds above 0"),
        ([280.0], [float("nan")], [1] * 600, "the duration of event 0 must be seconds above 0"),
        ([280.0], [20.0], [1] * 599, "599 entries of sleep for 600 s"),
        ([280.0], [20.0], [2] * 600, r"sleep\[0\] is 2"),
    ):
        with pytest.raises(ValueError, match=reason):
            oxicore.hypoxic_burden(spo2, starts, durations, sleep)
    assert oxicore.hypoxic_burden(spo2, [], [], [1] * 600) is None


def test_readings_a_minute_apart_have_a_distribution_and_no_index() -> None:
    night = oxicore.Recording.from_arrays(time=[60 * i for i in range(120)], spo2=[96 if i % 10 else 85 for i in range(120)])
    analysis = night.analyze()
    assert analysis.notices.interval_too_coarse and night.notices.interval_too_coarse
    assert analysis.spo2 is not None and analysis.spo2.below_90_pct == pytest.approx(10.0)
    assert (analysis.aasm.odi3.per_h, analysis.burden3, analysis.delta_index_pct) == (None, None, None)
    compared = night.compare()
    assert set(compared.column("per_h")) == {None} and all(words.startswith("no index") for words in compared.column("definition"))
