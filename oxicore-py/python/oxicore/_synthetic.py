"""Made-up nights, for examples and tests: they look like a recording and are nobody's."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from ._recording import Recording

_START = datetime(2026, 1, 2, 23, 0, 0)


def synthetic_night(
    seed: int = 0, *, hours: float = 8.0, interval_s: int = 4, events_per_h: float = 12.0, missing_pct: float = 0.5
) -> Recording:
    """A made-up night: a level that drifts, desaturations, a pulse that rises after them, some missing readings.

    Args:
        seed: another seed is another night, a day later for each.
        hours: length.
        interval_s: seconds between records.
        events_per_h: mean number of desaturations; what is counted differs, for they may overlap.
        missing_pct: share of readings that are missing.

    >>> oxicore.synthetic_night(1, hours=6)
    <oxicore.Recording columns, 2026-01-03 23:00:00, 5400 records every 4 s>
    """
    random = np.random.default_rng(seed)
    seconds = np.arange(0, max(int(hours * 3_600), interval_s), interval_s)
    fall = _falls(random, seconds, events_per_h)
    level = 96.0 - random.uniform(0, 3) + np.sin(seconds / 3_000 + random.uniform(0, 6))
    spo2 = np.clip(np.round(level - fall + random.normal(0, 0.3, seconds.size)), 60, 100)
    pulse = np.round(60 + 4 * np.sin(seconds / 900) + 0.8 * np.roll(fall, 20 // interval_s) + random.normal(0, 1, seconds.size))
    motion = np.where(random.random(seconds.size) < 0.03, random.integers(1, 60, seconds.size), 0)
    is_missing = random.random(seconds.size) < missing_pct / 100
    spo2[is_missing] = np.nan
    return Recording.from_arrays(seconds, spo2, pulse, motion, start=_START + timedelta(days=seed))


def _falls(random: np.random.Generator, seconds: np.ndarray, events_per_h: float) -> np.ndarray:
    """Percent below the level: down within most of an event, back in its last fifth."""
    fall = np.zeros(seconds.size)
    count = random.poisson(events_per_h * seconds[-1] / 3_600) if seconds.size > 1 else 0
    for onset, duration, depth in zip(
        random.uniform(0, max(seconds[-1], 1), count), random.uniform(20, 60, count), random.gamma(3, 2, count), strict=True
    ):
        share = (seconds - onset) / duration
        shape = np.clip(np.minimum(share / 0.8, (1 - share) / 0.2), 0, 1)
        fall = np.maximum(fall, np.minimum(depth, 30) * shape)
    return fall
