"""What is written is read by an independent reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import oxicore
import pyedflib
import pytest
from conftest import FIXTURES

NIGHT = "legacy_v3_4s_20260102235930"


def csv_columns(text: bytes) -> tuple[list[str], np.ndarray]:
    """Times as written, and SpO2, pulse, motion with -1 for no reading, by nothing but text rules."""
    rows = [line.split(",") for line in text.decode("ascii").splitlines()[1:]]
    values = [[-1 if cell == "--" else int(cell) for cell in row[1:4]] for row in rows]
    return [row[0] for row in rows], np.array(values)


@pytest.mark.parametrize("name", [NIGHT, "oxyii_1s_20260102235930.dat", "D3_vihealth_ro_20260102235930.csv"])
def test_pyedflib_reads_the_samples_of_an_edf(name: str, tmp_path: Path) -> None:
    night = oxicore.read(FIXTURES / name)
    path = tmp_path / "night.edf"
    path.write_bytes(night.to_edf())
    with pyedflib.EdfReader(str(path)) as edf:
        assert edf.getSignalLabels() == ["SpO2", "Pulse", "Motion", "Reminder"]
        assert edf.getStartdatetime() == night.start
        assert list(edf.getSampleFrequencies()) == [1 / night.interval_s] * 4
        signals = np.array([np.rint(edf.readSignal(channel)) for channel in range(3)], dtype=int).T
        assert edf.getPatientName() in ("", "X"), "nobody is named"
    _, expected = csv_columns(night.to_csv())
    np.testing.assert_array_equal(signals, expected)


def test_pyedflib_reads_the_desaturations_of_an_edf(tmp_path: Path) -> None:
    night = oxicore.read(FIXTURES / NIGHT)
    path = tmp_path / "night.edf"
    path.write_bytes(night.to_edf())
    with pyedflib.EdfReader(str(path)) as edf:
        onsets, durations, texts = edf.readAnnotations()
    events = night.analyze().desaturations
    assert len(events) > 0
    assert list(onsets) == [event.onset_s for event in events]
    assert list(durations) == [event.end_s - event.onset_s for event in events]
    assert all(text.startswith(f"Desaturation {e.peak_pct}-{e.nadir_pct} %") for text, e in zip(texts, events, strict=True))


def off_grid() -> oxicore.Recording:
    """Gaps, one of them not of whole intervals, and a reading that is missing."""
    time = np.concatenate([np.arange(0, 400, 4), np.arange(1_002, 1_600, 4), np.arange(4_000, 4_044, 4)])
    spo2 = 80.0 + time % 19
    spo2[7] = np.nan
    return oxicore.Recording.from_arrays(time, spo2, 50 + time % 70, start=datetime(2026, 1, 2, 23, 50))


def on_grid() -> oxicore.Recording:
    night = oxicore.synthetic_night(2, hours=2)
    keep = np.ones(len(night), dtype=bool)
    keep[100:163] = keep[700:701] = keep[1_200:1_500] = False
    return oxicore.Recording.from_arrays(night.time[keep], night.spo2[keep], night.pulse[keep], night.motion[keep])


NIGHTS = [on_grid, off_grid, lambda: oxicore.read(FIXTURES / NIGHT)]


def levels_by_time(night: oxicore.Recording) -> dict[int, int]:
    """Seconds since the first record that has a reading, and the reading."""
    since = (night.time - night.time[0]).astype(int).tolist()
    return {at: level for at, level in zip(since, night.spo2.tolist(), strict=True) if level is not None}


def assert_every_time_is_right(night: oxicore.Recording, seconds: np.ndarray, levels: np.ndarray) -> None:
    """Each reading stands at its time; where another program has one, a reading of ours holds there."""
    found = {int(at): int(level) for at, level in zip(seconds, np.rint(levels), strict=True) if level >= 0}
    ours = levels_by_time(night)
    assert found.items() >= ours.items()
    for at, level in found.items():
        assert any(ours.get(at - ago) == level for ago in range(night.interval_s)), at


@pytest.mark.parametrize("make", NIGHTS)
def test_pyedflib_reads_every_reading_of_filled_gaps_at_its_time(make: Callable[[], oxicore.Recording], tmp_path: Path) -> None:
    night = make()
    path = tmp_path / "night.edf"
    path.write_bytes(night.to_edf(fill_gaps=True))
    with pyedflib.EdfReader(str(path)) as edf:
        assert edf.getStartdatetime() == night.start
        levels, rate = edf.readSignal(0), edf.getSampleFrequencies()[0]
        assert_every_time_is_right(night, np.rint(np.arange(len(levels)) / rate), levels)
        onsets = edf.readAnnotations()[0]
    assert list(onsets) == [event.onset_s for event in night.analyze().desaturations]


@pytest.mark.parametrize("make", NIGHTS)
def test_mne_reads_every_reading_of_filled_gaps_at_its_time(make: Callable[[], oxicore.Recording], tmp_path: Path) -> None:
    mne = pytest.importorskip("mne")
    night = make()
    path = tmp_path / "night.edf"
    path.write_bytes(night.to_edf(fill_gaps=True))
    raw = mne.io.read_raw_edf(path, preload=True, verbose="error")
    [levels], times = raw.get_data(picks=["SpO2"]), raw.times
    assert raw.info["meas_date"].replace(tzinfo=None) == night.start
    assert_every_time_is_right(night, np.rint(times), levels)
    onsets = [round(onset) for onset, text in zip(raw.annotations.onset, raw.annotations.description, strict=True) if text.startswith("Desat")]
    assert onsets == [event.onset_s for event in night.analyze().desaturations]


@pytest.mark.parametrize("make", NIGHTS)
@pytest.mark.parametrize("fill_gaps", [False, True])
def test_gaps_are_read_as_gaps_whichever_way_they_were_written(make: Callable[[], oxicore.Recording], fill_gaps: bool) -> None:
    night = make()
    again = oxicore.read(night.to_edf(fill_gaps=fill_gaps))
    assert again.start == night.start
    if not fill_gaps or make is not off_grid:
        assert again.to_polars().equals(night.to_polars())
        assert again.analyze().aasm == night.analyze().aasm
    else:
        assert_every_time_is_right(night, (again.time - again.time[0]).astype(int), again.spo2.astype(float).filled(-1))


def test_a_night_with_gaps_takes_little_more_than_its_text() -> None:
    """A data record a row, each with room for an event, took three times the bytes of the text."""
    night = on_grid()
    assert len(night.to_edf()) < 0.5 * len(night.to_csv())


def test_a_written_csv_is_the_same_night() -> None:
    night = oxicore.read(FIXTURES / NIGHT)
    text = night.to_csv()
    times, values = csv_columns(text)
    assert times[0] == "23:59:30 Jan 02 2026"
    assert len(values) == len(night)
    again = oxicore.read(text).analyze().to_dict()
    ours = night.analyze().to_dict()
    assert again["spo2"] == ours["spo2"]
    assert again["aasm"] == ours["aasm"]
