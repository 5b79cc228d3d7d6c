"""Parts of a night."""

from __future__ import annotations

import pickle
from datetime import date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import oxicore
import pytest
from conftest import FIXTURES
from nights import SHORT, night


@pytest.mark.parametrize(
    "begin",
    [
        datetime(2026, 1, 3, 0, 0, 2),
        "2026-01-03T00:00:02",
        "2026-01-03 00:00:02",
        np.datetime64("2026-01-03T00:00:02"),
        timedelta(seconds=4),
        np.timedelta64(4, "s"),
        timedelta(seconds=3, microseconds=500_000),
    ],
)
def test_every_kind_of_time_cuts_alike(begin: Any) -> None:
    part = oxicore.read(SHORT)[begin : timedelta(seconds=64)]
    assert (part.start, part.spo2.tolist()) == (datetime(2026, 1, 3, 0, 0, 2), [None, 95])


def test_a_date_is_its_midnight() -> None:
    assert oxicore.read(SHORT)[date(2026, 1, 3) :].start == oxicore.read(SHORT)["2026-01-03":].start == datetime(2026, 1, 3, 0, 0, 2)


@pytest.mark.parametrize("bound", ["2026-01-03T00:00Z", "2026-01-03T00:00+02:00", "2026-01-03 00:00:00-05"])
def test_a_zone_in_a_text_is_refused(bound: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        oxicore.read(SHORT)[bound:]


@pytest.mark.parametrize("bound", ["yesterday", "22:00", "", "NaT"])
def test_a_text_that_is_no_moment_is_refused(bound: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        oxicore.read(SHORT)[bound:]


def test_the_end_is_not_part_of_it() -> None:
    part = oxicore.read(SHORT)[: timedelta(seconds=8)]
    assert part.spo2.tolist() == [96, None]


def test_a_part_keeps_the_readings_and_the_interval() -> None:
    whole = night()
    part = whole[timedelta(minutes=10) : timedelta(minutes=70)]
    for name in ("time", "spo2", "pulse", "motion"):
        np.testing.assert_array_equal(
            np.ma.filled(getattr(part, name)), np.ma.filled(getattr(whole, name))[150:1050]
        )
    assert (part.interval_s, part.recording_s) == (4, 3_600)


def test_a_part_has_the_interval_of_its_night_however_few_records_it_has() -> None:
    part = oxicore.read(SHORT)[timedelta(seconds=8) :]
    assert (part.interval_s, part.spo2.tolist(), part.recording_s) == (4, [95, 94], 64)
    assert len(oxicore.read(SHORT)[timedelta(seconds=68) :]) == 1


@pytest.mark.parametrize("name", ["oxyii_4s_20260102235930.dat", "D1_vihealth_6col_20260102235930.csv"])
def test_a_part_is_a_night_of_the_same_kind(name: str) -> None:
    whole = oxicore.read(FIXTURES / name)
    part = whole[timedelta(seconds=whole.interval_s) :]
    assert (part.format, part.interval_s, part.device) == (whole.format, whole.interval_s, None)
    assert pickle.loads(pickle.dumps(part)).to_csv() == part.to_csv() == oxicore.join([part]).to_csv()


def test_bounds_outside_the_night_are_its_ends() -> None:
    whole = oxicore.read(SHORT)
    assert len(whole["1999-01-01":"2100-01-01"]) == len(whole[:]) == 4


def test_an_empty_part_is_refused() -> None:
    with pytest.raises(ValueError, match="no record between"):
        oxicore.read(SHORT)[timedelta(seconds=20) : timedelta(seconds=30)]


@pytest.mark.parametrize("part", [slice(0, 100), slice(None, None, timedelta(seconds=8)), 3, datetime(2026, 1, 3), slice(np.datetime64("NaT", "s"), None)])
def test_what_is_no_part_in_time_is_refused(part: Any) -> None:
    with pytest.raises(TypeError, match="cut by time"):
        oxicore.read(SHORT)[part]


def test_a_time_with_a_zone_is_refused() -> None:
    with pytest.raises(TypeError, match="no time zone"):
        oxicore.read(SHORT)[datetime(2026, 1, 3, tzinfo=timezone.utc) :]
