"""What is written is read by an independent reader."""

from __future__ import annotations

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
