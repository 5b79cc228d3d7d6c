"""Arrays of a researcher's own as a night."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np

from . import _core

#: What times in seconds count from when no start is given.
UNKNOWN_START = datetime(2000, 1, 1)


def text_of(time: Any, spo2: Any, pulse: Any, motion: Any, start: datetime | None) -> bytes:
    """The arrays as the text of a recording.

    Raises:
        ValueError: arrays of different lengths, a time that does not grow, or a reading that cannot be one.
    """
    seconds = _seconds(time, start)
    readings = [
        _readings("spo2", spo2, len(seconds), lowest=1, highest=100, none=(0, 127, 255)),
        _readings("pulse", pulse, len(seconds), lowest=1, highest=300, none=(0, 255, 65_535)),
        _readings("motion", motion, len(seconds), lowest=0, highest=255, none=()),
    ]
    _refuse_fractions(readings[0])
    return _core.text_of(seconds, *readings)


def _seconds(time: Any, start: datetime | None) -> np.ndarray[Any, np.dtype[np.int64]]:
    times = np.asarray(time)
    if times.ndim != 1 or times.size == 0:
        raise ValueError(f"time must have one dimension and at least one entry, not shape {times.shape}")
    seconds = _elapsed(times, start) if times.dtype.kind in "iufm" else _moments(times)
    backwards = np.flatnonzero(np.diff(seconds) <= 0)
    if backwards.size:
        at = int(backwards[0]) + 1
        raise ValueError(f"time[{at}] is not a later second than time[{at - 1}]; a night has at most one record a second")
    return seconds


def _moments(times: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.int64]]:
    if times.dtype.kind == "O" and any(getattr(moment, "tzinfo", None) is not None for moment in times):
        raise ValueError("time must be the wall clock without a zone; convert it and drop the zone")
    moments = times.astype("datetime64[s]")
    if np.isnat(moments).any():
        raise ValueError(f"time[{int(np.flatnonzero(np.isnat(moments))[0])}] is missing")
    return np.ascontiguousarray(moments.astype(np.int64))


def _elapsed(times: np.ndarray[Any, Any], start: datetime | None) -> np.ndarray[Any, np.dtype[np.int64]]:
    seconds = times.astype("timedelta64[s]").astype(np.float64) if times.dtype.kind == "m" else times.astype(np.float64)
    if not np.isfinite(seconds).all():
        raise ValueError(f"time[{int(np.flatnonzero(~np.isfinite(seconds))[0])}] is missing")
    first = np.datetime64(UNKNOWN_START if start is None else start, "s").astype(np.int64)
    return np.ascontiguousarray(np.floor(seconds).astype(np.int64) + first)


def _readings(
    name: str, values: Any, length: int, *, lowest: int, highest: int, none: tuple[int, ...]
) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Whole numbers, the nearest; -1 for no reading."""
    if values is None:
        return np.full(length, -1, dtype=np.int32)
    if isinstance(values, np.ma.MaskedArray):
        values = np.where(np.ma.getmaskarray(values), np.nan, values.data)
    numbers = np.asarray(values, dtype=np.float64)
    if numbers.shape != (length,):
        raise ValueError(f"{name} must be as long as time ({length}), not of shape {numbers.shape}")
    rounded = np.floor(numbers + 0.5)
    is_none = np.isnan(rounded) | np.isin(rounded, none)
    wrong = np.flatnonzero(~is_none & ((rounded < lowest) | (rounded > highest)))
    if wrong.size:
        at = int(wrong[0])
        raise ValueError(f"{name}[{at}] is {numbers[at]:g}, which is no reading; between {lowest} and {highest}, or NaN")
    return np.where(is_none, -1, rounded).astype(np.int32)


def _refuse_fractions(spo2: np.ndarray[Any, np.dtype[np.int32]]) -> None:
    if (spo2 > 0).any() and spo2.max() <= 1:
        raise ValueError("spo2 is never above 1: it must be in percent, not a fraction")
