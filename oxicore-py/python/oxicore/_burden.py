"""Hypoxic burden of respiratory events that were scored by other means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from . import _core
from ._recording import Recording


@dataclass(frozen=True, slots=True)
class HypoxicBurden:
    """What :func:`hypoxic_burden` found."""

    hypoxic_burden_pctmin_h: float
    """Area per hour of sleep with a reading, percent times minutes per hour."""
    area_pct_s: float
    """Area, percent times seconds."""
    events: int
    """Events whose surroundings lie inside the recording: those of the mean curve."""
    window_s: tuple[int, int]
    """Search window, seconds from the end of an event, both included."""


def hypoxic_burden(night: Recording | Any, event_starts_s: Any, event_durations_s: Any, sleep: Any) -> HypoxicBurden | None:
    """Area of SpO2 below the level before each respiratory event, per hour of sleep, as published (Azarbarzin 2019, Sutherland 2022).

    Args:
        night: A recording; readings finer than a percent count as they were recorded in an EDF or given as arrays, also in parts
            of a night, and rounded in other files, as ``notices.rounded_readings`` says. Or SpO2 in percent, a number for each second, NaN
            or a masked entry where there is none.
        event_starts_s: Starts of the events, seconds from the first record, each after the one before.
        event_durations_s: How long each lasts, seconds.
        sleep: For each second of the recording whether the person sleeps, true or false, 1 or 0.

    Returns:
        ``None`` where no event has two minutes of readings around it, or nobody sleeps.

    Raises:
        ValueError: lists that are not equally long, or a start, a duration or sleep that cannot be; it says which.

    >>> spo2 = [96.0] * 300 + [90.0] * 30 + [96.0] * 270
    >>> oxicore.hypoxic_burden(spo2, [280], [20], [1] * 600).area_pct_s
    180.0
    """
    starts, durations = _reals("event_starts_s", event_starts_s), _reals("event_durations_s", event_durations_s)
    asleep = _asleep(sleep)
    if isinstance(night, Recording):
        found = _core.hypoxic_burden(night._core, starts, durations, asleep)
    else:
        found = _core.hypoxic_burden_of_seconds(_reals("night", night), starts, durations, asleep)
    return None if found is None else HypoxicBurden(*found)


def _reals(name: str, values: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Numbers, NaN for what is masked or ``None``."""
    numbers = np.ma.filled(np.ma.asarray(values, dtype=np.float64), np.nan) if np.ma.isMaskedArray(values) else values
    try:
        array = np.ascontiguousarray(numbers, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers") from None
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension, not shape {array.shape}")
    return array


def _asleep(sleep: Any) -> np.ndarray[Any, np.dtype[np.bool_]]:
    stages = _reals("sleep", sleep)
    wrong = np.flatnonzero((stages != 0) & (stages != 1))
    if wrong.size:
        at = int(wrong[0])
        raise ValueError(f"sleep[{at}] is {stages[at]:g}: give true or false for each second, of stages such as 0 to 5 whether they are sleep")
    return np.ascontiguousarray(stages == 1)
