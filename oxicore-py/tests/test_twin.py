"""A naive NumPy twin gives the same numbers on a thousand random nights with gaps."""

from __future__ import annotations

import numpy as np
import oxicore
import pytest
import twin
from hypothesis import given, settings
from hypothesis import strategies as some


def random_night(seed: int) -> tuple[np.ndarray, np.ndarray, int]:
    """Times, SpO2 with NaN for missing, interval: dips, drifts, jumps, missing readings and gaps."""
    random = np.random.default_rng(seed)
    interval = int(random.choice([1, 2, 4]))
    size = int(random.integers(80, 400))
    steps = np.full(size, interval)
    gaps = random.random(size) < 0.01
    gaps[:64] = False
    steps[gaps] += random.integers(1, 40, gaps.sum()) * interval
    time = np.cumsum(steps) - steps[0]
    levels = 95 + np.cumsum(random.choice([-1, 0, 0, 0, 1], size)) * 0.5
    for onset in random.integers(0, size, int(random.integers(0, 12))):
        length = int(random.integers(2, max(3, 240 // interval)))
        levels[onset : onset + length] -= random.integers(1, 15)
    spo2 = np.clip(np.round(levels), 45, 100).astype(float)
    spo2[random.random(size) < random.choice([0, 0.02, 0.1])] = np.nan
    return time, spo2, interval


@settings(max_examples=1_000, deadline=None, derandomize=True)
@given(some.integers(0, 2**63))
def test_the_twin_gives_the_same_numbers(seed: int) -> None:
    time, spo2, interval = random_night(seed)
    night = oxicore.Recording.from_arrays(time, spo2)
    assert night.interval_s == interval
    counts = twin.accepted(time, spo2)
    numbers = night.analyze()
    assert (numbers.quality.analysed, numbers.quality.valid_s) == (counts.sum(), counts.sum() * interval)
    same_events(night, time[counts], spo2[counts])
    same_distribution(numbers.spo2, spo2[counts], interval)


def same_events(night: oxicore.Recording, time: np.ndarray, spo2: np.ndarray) -> None:
    for threshold in (3, 4):
        numbers = night.analyze(listed_pct=threshold)  # type: ignore[arg-type]
        theirs = twin.events(time, spo2, night.interval_s, threshold)
        ours = [twin.Event(*(getattr(event, name) for name in twin.Event._fields)) for event in numbers.desaturations]
        assert ours == theirs
        odi = numbers.aasm.odi3 if threshold == 3 else numbers.aasm.odi4
        complete = sum(event.outcome == "complete" for event in theirs)
        assert odi.count == complete
        hours = spo2.size * night.interval_s / 3_600
        assert odi.per_h == (pytest.approx(complete / hours, abs=1e-9) if hours >= 1 / 6 else None)


def same_distribution(ours: oxicore.Spo2 | None, spo2: np.ndarray, interval: int) -> None:
    if spo2.size == 0:
        assert ours is None
        return
    assert ours is not None
    assert (ours.n, ours.min_pct, ours.max_pct) == (spo2.size, spo2.min(), spo2.max())
    percentiles = [ours.p1_pct, ours.p5_pct, ours.p25_pct, ours.median_pct, ours.p75_pct, ours.p95_pct]
    assert percentiles == pytest.approx(np.percentile(spo2, [1, 5, 25, 50, 75, 95]), abs=1e-9)
    assert ours.mean_pct == pytest.approx(spo2.mean(), abs=1e-9)
    assert ours.sd_pct == (pytest.approx(spo2.std(ddof=1), abs=1e-9) if spo2.size > 1 else None)
    assert (ours.below_90_s, ours.below_88_s) == ((spo2 < 90).sum() * interval, (spo2 < 88).sum() * interval)
    assert ours.below_90_pct == pytest.approx((spo2 < 90).mean() * 100, abs=1e-9)


def test_the_random_nights_have_every_kind_of_ending_and_gap() -> None:
    endings = set()
    for seed in range(60):
        time, spo2, interval = random_night(seed)
        counts = twin.accepted(time, spo2)
        endings |= {event.outcome for event in twin.events(time[counts], spo2[counts], interval, 3)}
    assert endings == {"complete", "sustained", "gap", "end"}
