"""The samples as numpy columns."""

from __future__ import annotations

import pickle
from datetime import datetime

import numpy as np
import oxicore
import pytest
from conftest import FIXTURES
from nights import SHORT, night


def test_a_missing_reading_is_masked_and_no_plausible_number_lies_beneath() -> None:
    short = oxicore.read(SHORT)
    assert short.spo2.tolist() == [96, None, 95, 94]
    assert short.spo2.data[1] == short.spo2.filled()[1] == -32_000
    assert short.pulse.tolist() == [58, 61, 60, 60]
    assert short.pulse.fill_value == -32_000


def test_times_are_the_wall_clock() -> None:
    short = oxicore.read(SHORT)
    assert short.time.dtype == np.dtype("datetime64[s]")
    assert short.time[[0, 3]].tolist() == [datetime(2026, 1, 2, 23, 59, 58), datetime(2026, 1, 3, 0, 1, 6)]


def test_a_column_is_made_once_and_shares_its_memory() -> None:
    one = night()
    assert one.spo2 is one.spo2
    assert np.shares_memory(one.spo2.data, one.to_numpy()["spo2_pct"].data)
    assert (one.spo2.dtype.itemsize, one.pulse.dtype.itemsize, one.motion.dtype.itemsize) == (2, 2, 2)


@pytest.mark.parametrize("name", ["time", "spo2", "pulse", "motion"])
def test_a_column_cannot_be_changed(name: str) -> None:
    column = getattr(night(), name)
    with pytest.raises(ValueError, match="read-only"):
        column[0] = column[1]


def test_a_mask_cannot_be_lifted() -> None:
    short = oxicore.read(SHORT)
    with pytest.raises(ValueError, match="read-only"):
        short.spo2[1] = 97
    with pytest.raises(ValueError, match="read-only"):
        short.spo2.mask[1] = False
    assert short.spo2.tolist()[1] is None


def test_statistics_pass_over_missing_readings() -> None:
    one = night()
    spo2 = one.analyze().spo2
    assert spo2 is not None
    assert spo2.mean_pct == pytest.approx(one.spo2.mean(dtype=float), abs=1e-9)
    assert (spo2.min_pct, spo2.max_pct) == (one.spo2.min(), one.spo2.max())


def test_a_file_without_motion_has_it_masked_throughout() -> None:
    times = np.arange(0, 400, 4)
    assert oxicore.Recording.from_arrays(times, np.full(100, 97)).motion.mask.all()


@pytest.mark.parametrize("name", ["oxyii_1s_20260102235930.dat", "D3_vihealth_ro_20260102235930.csv"])
def test_a_recording_survives_pickling(name: str) -> None:
    one = oxicore.read(FIXTURES / name)
    again = pickle.loads(pickle.dumps(one))
    assert again.analyze().to_dict() == one.analyze().to_dict()
    np.testing.assert_array_equal(again.spo2.filled(), one.spo2.filled())


def test_an_analysis_and_its_table_survive_pickling() -> None:
    analysis = night().analyze()
    again = pickle.loads(pickle.dumps(analysis))
    assert again == analysis
    assert pickle.loads(pickle.dumps(analysis.events)).to_dict() == analysis.events.to_dict()
