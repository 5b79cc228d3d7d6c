"""Recorded nights, where this machine has them, against the expected numbers of the repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ORACLES

import oxicore

EXPECTED = json.loads((ORACLES / "nights" / "expected.json").read_text(encoding="utf-8"))


def read(folder: Path, night: str) -> oxicore.Recording:
    [path] = folder.glob(f"* {night}_*.csv")
    return oxicore.read(path)


@pytest.mark.parametrize("night", EXPECTED)
def test_a_real_night_gives_the_expected_events(night: str, real_nights: Path) -> None:
    aasm, expected = read(real_nights, night).analyze(below_range="gap").aasm, EXPECTED[night]["summary"]
    assert (aasm.odi3.count, aasm.odi4.count) == (expected["events"]["aasm3"], expected["events"]["aasm4"])
    assert aasm.odi3.per_h == pytest.approx(expected["odi"]["aasm3"], abs=1e-9)
    assert aasm.odi4.per_h == pytest.approx(expected["odi"]["aasm4"], abs=1e-9)


@pytest.mark.parametrize("night", EXPECTED)
def test_a_real_night_gives_the_expected_vendor_report(night: str, real_nights: Path) -> None:
    viatom, expected = read(real_nights, night).analyze().viatom, EXPECTED[night]["summary"]
    assert viatom is not None
    assert (viatom.drops3, viatom.drops4) == (expected["events"]["viatom3"], expected["events"]["viatom4"])
    assert viatom.drops3_per_h == pytest.approx(expected["odi"]["viatom3"], abs=1e-9)
    assert viatom.below_90.pct == pytest.approx(expected["viatom_t90_pct"], abs=1e-9)


@pytest.mark.parametrize("night", EXPECTED)
def test_a_real_night_gives_the_expected_distribution(night: str, real_nights: Path) -> None:
    analysis, expected = read(real_nights, night).analyze(), EXPECTED[night]["summary"]
    assert analysis.recording.records == expected["records"]
    assert analysis.spo2 is not None and analysis.pulse is not None
    ours = [analysis.spo2.mean_pct, analysis.spo2.median_pct, analysis.spo2.below_90_pct, analysis.pulse.mean_bpm]
    theirs = [expected["spo2"]["mean"], expected["spo2"]["median"], expected["t_below_pct"]["90"]]
    assert ours == pytest.approx([*theirs, expected["pulse"]["mean"]], abs=1e-9)
    assert (analysis.spo2.min_pct, analysis.spo2.max_pct) == (expected["spo2"]["min"], expected["spo2"]["max"])
