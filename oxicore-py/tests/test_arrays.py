"""Nights from a researcher's own arrays."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import oxicore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

Recording = oxicore.Recording


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    steps=some.lists(some.integers(1, 900), min_size=1, max_size=60),
    data=some.data(),
)
def test_what_goes_in_comes_out(steps: list[int], data: some.DataObject) -> None:
    size = len(steps)
    reading = lambda low, high, none: some.lists(some.none() | some.integers(low, high).filter(lambda v: v not in none), min_size=size, max_size=size)  # noqa: E731
    spo2 = data.draw(reading(2, 100, ()))
    pulse = data.draw(reading(1, 300, (255,)))
    motion = data.draw(reading(0, 255, ()))
    time = np.cumsum(steps)
    night = Recording.from_arrays(time, spo2, pulse, motion, start=datetime(2026, 1, 2, 22))
    assert (night.time - np.datetime64("2026-01-02T22:00:00", "s")).astype(int).tolist() == time.tolist()
    assert (night.spo2.tolist(), night.pulse.tolist(), night.motion.tolist()) == (spo2, pulse, motion)


@pytest.mark.parametrize(
    "time",
    [
        np.array(["2026-01-02T22:00:00", "2026-01-02T22:00:04"], dtype="datetime64[ns]"),
        [datetime(2026, 1, 2, 22), datetime(2026, 1, 2, 22, 0, 4)],
        ["2026-01-02T22:00:00", "2026-01-02T22:00:04"],
    ],
)
def test_wall_clocks_of_every_kind_are_accepted(time: Any) -> None:
    night = Recording.from_arrays(time, [97, 96])
    assert (night.start, night.interval_s) == (datetime(2026, 1, 2, 22), 4)


def test_seconds_without_a_start_count_from_a_named_moment() -> None:
    night = Recording.from_arrays([0.0, 1.0, 2.0], [97, 96, 95])
    assert (night.start, night.interval_s) == (datetime(2000, 1, 1), 1)
    later = Recording.from_arrays(np.array([5, 6], dtype="timedelta64[m]"), [97, 96])
    assert (later.start, later.interval_s) == (datetime(2000, 1, 1, 0, 5), 60)


@pytest.mark.parametrize("start", [datetime(2026, 1, 2, 22), np.datetime64("2026-01-02T22:00"), "2026-01-02T22:00"])
def test_seconds_count_from_a_start_of_every_kind(start: Any) -> None:
    assert Recording.from_arrays([0, 4], [97, 96], start=start).start == datetime(2026, 1, 2, 22)


@pytest.mark.parametrize(
    ("time", "start", "message"),
    [
        ([0, 4], "noon 12:00+02:00", "no time zone"),
        ([0, 4], 5, "start must be a moment"),
        ([0, 4], np.datetime64("NaT", "s"), "start must be a moment"),
        ([datetime(2026, 1, 2), datetime(2026, 1, 3)], datetime(2026, 1, 2), "wall clocks already"),
    ],
)
def test_a_start_that_is_none_is_refused(time: Any, start: Any, message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=message):
        Recording.from_arrays(time, [97, 97], start=start)


UNIVERSAL = datetime(2026, 7, 2, 20, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("start", "zone", "wall_clock"),
    [
        (UNIVERSAL, None, datetime(2026, 7, 2, 20)),
        (UNIVERSAL, "Europe/Bucharest", datetime(2026, 7, 2, 23)),
        (UNIVERSAL, "+02:00", datetime(2026, 7, 2, 22)),
        (UNIVERSAL.astimezone(ZoneInfo("Asia/Tokyo")), None, datetime(2026, 7, 3, 5)),
        ("2026-07-02T22:00+02:00", None, datetime(2026, 7, 2, 22)),
        ("2026-07-02T22:00+02:00", timedelta(hours=3), datetime(2026, 7, 2, 23)),
    ],
)
def test_a_start_with_a_zone_gives_its_wall_clock_or_that_of_the_zone_given(start: Any, zone: Any, wall_clock: datetime) -> None:
    assert Recording.from_arrays([0, 4], [97, 96], start=start, zone=zone).start == wall_clock
    moment = datetime.fromisoformat(start) if isinstance(start, str) else start
    times = [moment, moment + timedelta(seconds=4)]
    assert Recording.from_arrays(times, [97, 96], zone=zone).start == wall_clock


def test_a_zone_for_moments_without_one_is_refused() -> None:
    for time, start in (([0, 4], None), ([0, 4], datetime(2026, 1, 2)), ([datetime(2026, 1, 2), datetime(2026, 1, 3)], None)):
        with pytest.raises(ValueError, match="zone converts moments that have a zone.*leave it out"):
            Recording.from_arrays(time, [97, 96], start=start, zone="+02:00")


def test_unix_seconds_are_a_night_the_way_the_error_says() -> None:
    time = [1.7e9, 1.7e9 + 4, 1.7e9 + 8]
    with pytest.raises(ValueError, match="more than a year"):
        Recording.from_arrays(time, [97, 96, 95], start=datetime(2026, 1, 2))
    assert Recording.from_arrays(np.asarray(time).astype("datetime64[s]"), [97, 96, 95]).start == datetime(2023, 11, 14, 22, 13, 20)
    assert Recording.from_arrays([366 * 86_400, 366 * 86_400 + 4], [97, 96]).start == datetime(2001, 1, 1)


def test_numbers_in_an_array_of_objects_are_seconds() -> None:
    assert Recording.from_arrays(np.array([0, 4, 8], dtype=object), [97, 96, 95]).interval_s == 4


def test_a_clock_that_trembles_keeps_its_seconds() -> None:
    off = np.random.default_rng(0).uniform(-0.3, 0.3, 600)
    off[0] = 0.0
    begin = np.datetime64("2026-01-02T22:00:00.250", "ms")
    for time in (np.arange(600) + off + 0.4, begin + ((np.arange(600) + off) * 1_000).astype("timedelta64[ms]")):
        night = Recording.from_arrays(time, np.full(600, 96))
        assert (night.interval_s, night.recording_s, night.analyze().quality.valid_s) == (1, 600, 600)


def test_every_mark_of_a_missing_reading_is_missing() -> None:
    night = Recording.from_arrays(np.arange(6), [np.nan, 0, 127, 255, 96.4, 96.5], np.ma.masked_equal([60] * 5 + [9], 9))
    assert night.spo2.tolist() == [None, None, None, None, 96, 97]
    assert night.pulse.tolist() == [60, 60, 60, 60, 60, None]


@pytest.mark.parametrize(
    ("time", "spo2", "message"),
    [
        ([0, 4, 4], [97, 97, 97], r"time\[2\] is not a later second than time\[1\]"),
        ([0, 2, 1], [97, 97, 97], r"time\[2\] is not a later second than time\[1\]: sort"),
        ([0, 0.5, 1], [97, 97, 97], "every 0.5 s.*resample to 1 s"),
        ([0, 1.5, 3], [97, 97, 97], "every 1.5 s.*resample to 2 s"),
        (np.ma.masked_equal([0, 4, 8], 4), [97, 97, 97], r"time\[1\] is missing"),
        ([True, False], [97, 97], "not bool"),
        ([0, 4, 8], [97, "--", 97], r"spo2\[1\] is '--', which is no number"),
        ([0, 4, None], [97, 97, 97], r"time\[2\] is missing"),
        ([0, 4, 2**70], [97, 97, 97], "outside the years"),
        ([0, datetime(2026, 1, 2)], [97, 97], r"time\[1\] is datetime.*which is no number"),
        ([1e300, 2e300], [97, 97], "more than a year after start"),
        ([1.7e9, 1.7e9 + 4], [97, 97], r"time\[0\] is 1.7e\+09 s, .*datetime64.*subtract the first and give start"),
        ([366 * 86_400 + 1, 366 * 86_400 + 5], [97, 97], "more than a year after start"),
        (np.array([-(2**62), 2**62]), [97, 97], "outside the years"),
        (["2026-01-02T22:00:00+02:00", "2026-01-02T22:00:04"], [97, 97], r"time\[1\] has no zone"),
        (["2026-01-02T22:00:00", "2026-01-02T22:00:04Z"], [97, 97], r"time\[1\] has a zone"),
        (["2026-01-02T22:00:00+02:00", "noon+02:00"], [97, 97], r"time\[1\] has no zone"),
        ([datetime(2026, 1, 2), datetime(2026, 1, 2, 0, 0, 4, tzinfo=timezone.utc)], [97, 97], r"time\[1\] has a zone"),
        (["2026-10-25T03:59:56", "2026-10-25T03:00:00"], [97, 97], "clocks went back an hour there.*ambiguous='infer'"),
        ([0, np.nan, 8], [97, 97, 97], r"time\[1\] is missing"),
        (np.array(["2026-01-02", "NaT"], dtype="datetime64[s]"), [97, 97], r"time\[1\] is missing"),
        ([0, 4, 8], [97, 97], r"spo2 must be as long as time \(3\)"),
        ([0, 4, 8], [97, 130, 97], r"spo2\[1\] is 130"),
        ([0, 4, 8], [97, -3, 97], r"spo2\[1\] is -3"),
        ([0, 4, 8], [0.97, 0.96, 0.97], "percent, not a fraction"),
        ([], [], "at least one entry"),
        ([-1e9, 0], [97, 97], "outside the years"),
    ],
)
def test_what_cannot_be_a_night_is_refused_with_its_place(time: Any, spo2: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Recording.from_arrays(time, spo2)


def test_a_dip_of_a_cohort_study_is_found() -> None:
    spo2 = np.full(3_600, 96.0)
    spo2[600:640] = 90.2
    night = Recording.from_arrays(np.arange(3_600), spo2)
    [event] = night.analyze().desaturations
    assert (event.onset_s, event.peak_pct, event.nadir_pct, event.outcome) == (599, 96, 90, "complete")


def test_gaps_between_arrays_stay_gaps() -> None:
    time = np.concatenate([np.arange(0, 600), np.arange(1_200, 1_800)])
    night = Recording.from_arrays(time, np.full(1_200, 96))
    assert (night.recording_s, night.analyze().quality.valid_s) == (1_800, 1_200)


def test_the_same_night_as_edf_and_as_arrays_gives_the_same_numbers(tmp_path) -> None:
    night = oxicore.synthetic_night(3, hours=2)
    path = tmp_path / "night.edf"
    path.write_bytes(night.to_edf())
    edf = oxicore.read(path)
    ours = Recording.from_arrays(edf.time, edf.spo2, edf.pulse, edf.motion)
    assert edf.format == "edf"
    assert ours.analyze().aasm == edf.analyze().aasm == night.analyze().aasm
    assert ours.start - night.start == timedelta(0)


BUCHAREST = ZoneInfo("Europe/Bucharest")
#: Clocks went back from 04:00 to 03:00 (01:00 in universal time), and forward from 03:00 to 04:00 (also 01:00).
AUTUMN, SPRING = datetime(2026, 10, 25, tzinfo=timezone.utc), datetime(2026, 3, 29, tzinfo=timezone.utc)


def every_kind(moments: list[datetime]) -> dict[str, Any]:
    """The same moments as each kind of times that can have a zone."""
    kinds: dict[str, Any] = {"datetime": moments, "text": [moment.isoformat() for moment in moments]}
    try:
        import pandas
        import polars
        import pyarrow
    except ImportError:
        return kinds
    zone = str(moments[0].tzinfo)
    index = pandas.DatetimeIndex([moment.astimezone(timezone.utc) for moment in moments]).tz_convert(zone)
    instants = [moment.astimezone(timezone.utc).replace(tzinfo=None) for moment in moments]
    in_polars = polars.Series(instants).dt.replace_time_zone("UTC").dt.convert_time_zone(zone)
    in_arrow = pyarrow.array([moment.astimezone(timezone.utc) for moment in moments], pyarrow.timestamp("us", zone))
    more = {"pandas index": index, "pandas": index.to_series(), "polars": in_polars, "arrow": in_arrow}
    return kinds | more | {"arrow in pandas": pandas.Series(index).astype(pandas.ArrowDtype(in_arrow.type))}


@pytest.mark.parametrize("day", [AUTUMN, SPRING])
def test_of_times_with_a_zone_the_first_gives_the_clock_and_the_rest_what_passed(day: datetime) -> None:
    """The repeated hour is kept, and the one that was left out makes no gap."""
    moments = [(day + timedelta(seconds=10 * at)).astimezone(BUCHAREST) for at in range(2 * 360)]
    for kind, times in every_kind(moments).items():
        night = Recording.from_arrays(times, np.full(len(moments), 96))
        assert (night.start, len(night), night.recording_s) == (moments[0].replace(tzinfo=None), 720, 7_200), kind
        assert set(np.diff(night.time.astype(int)).tolist()) == {10}, kind


def test_text_in_universal_time_keeps_its_clock() -> None:
    assert Recording.from_arrays(["2026-01-02T22:00:00Z", "2026-01-02T22:00:04Z"], [97, 96]).start == datetime(2026, 1, 2, 22)
