"""Arrays of a researcher's own as a night."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo
from typing import Any

import numpy as np

from ._clock import has_zone, wall_clock, with_zone
from ._columns import NO_READING
from ._hints import Zone, offset_min
from ._made import OfArrays

#: What times in seconds count from when no start is given.
UNKNOWN_START = datetime(2000, 1, 1)
#: No recording is longer, seconds.
_LONGEST_S = 366 * 86_400
#: Steps that differ by more than this share from whole seconds would change every duration.
_OFF_SHARE = 0.02
#: Further apart than any two moments that a recording can have, seconds.
_EVER_S = 2**40

Reals = np.ndarray[Any, np.dtype[np.float64]]
Whole = np.ndarray[Any, np.dtype[np.int64]]


def made_of(time: Any, spo2: Any, pulse: Any, motion: Any, start: Any, zone: Zone | None = None) -> OfArrays:
    """The arrays as a night is made of them.

    Raises:
        ValueError: arrays of different lengths, a time that does not grow, or a reading that cannot be one.
    """
    seconds = _seconds(time, start, _zone(zone))
    fine_pct = _numbers("spo2", spo2)
    readings = (
        _readings("spo2", fine_pct, len(seconds), lowest=1, highest=100, none=(0, 127, 255, NO_READING)),
        _readings("pulse", pulse, len(seconds), lowest=1, highest=300, none=(0, 255, 65_535, NO_READING)),
        _readings("motion", motion, len(seconds), lowest=0, highest=255, none=(NO_READING,)),
    )
    _refuse_fractions(readings[0])
    return OfArrays((seconds, readings[0], np.ascontiguousarray(fine_pct), *readings[1:]))


def _zone(zone: Zone | None) -> tzinfo | None:
    offset = offset_min(zone)
    return timezone(timedelta(minutes=offset)) if isinstance(offset, int) else offset


def _seconds(time: Any, start: Any, zone: tzinfo | None) -> Whole:
    """Whole seconds since 1970, each the nearest one counted from the first record."""
    times = np.asarray(_with_their_zone(time))
    if times.ndim != 1 or times.size == 0:
        raise ValueError(f"time must have one dimension and at least one entry, not shape {times.shape}")
    if isinstance(time, np.ma.MaskedArray):
        _refuse_missing(np.ma.getmaskarray(time))
    if times.dtype.kind == "O" and any(isinstance(moment, (int, float)) for moment in times):
        times = _numbers("time", times)
    first_s, since = _counted(times, start, zone) if times.dtype.kind in "iufm" else _moments(times, start, zone)
    if abs(first_s) > _EVER_S:
        raise ValueError("time[0] is outside the years 1970 to 2100")
    _refuse_backwards(since)
    _refuse_parts_of_seconds(since)
    seconds = first_s + np.floor(np.minimum(since, _EVER_S) + 0.5).astype(np.int64)
    _refuse_backwards(seconds)
    return np.ascontiguousarray(seconds)


def _moments(times: np.ndarray[Any, Any], start: Any, zone: tzinfo | None) -> tuple[int, Reals]:
    """The second of the first record, and seconds since it, of wall clocks."""
    if times.dtype.kind not in "MOUT":
        raise ValueError(f"time must be wall clocks or numbers of seconds, not {times.dtype}")
    if start is not None:
        raise ValueError("start is for times in seconds; these are wall clocks already")
    if times.dtype.kind in "OUT":
        _refuse_missing(np.array([moment is None or moment != moment for moment in times]))
        if _has_zone(times[0]):
            return _elapsed(times, zone)
        _refuse_zones(times)
    _refuse_conversion(zone)
    moments = times.astype("datetime64[us]")
    _refuse_missing(np.isnat(moments))
    return int(moments[0].astype("datetime64[s]").astype(np.int64)), (moments - moments[0]) / np.timedelta64(1, "s")


def _with_their_zone(time: Any) -> Any:
    """The moments themselves of a column of polars or Arrow that has a zone, which numpy would leave out."""
    kind = getattr(time, "dtype", None) or getattr(time, "type", None)
    zone = getattr(kind, "time_zone", None) or getattr(kind, "tz", None)
    listed = getattr(time, "to_list", None) or getattr(time, "to_pylist", None)
    return time if zone is None or listed is None else np.array(listed(), dtype=object)


def _has_zone(moment: Any) -> bool:
    return has_zone(str(moment)) if isinstance(moment, str) else getattr(moment, "tzinfo", None) is not None


def _elapsed(times: np.ndarray[Any, Any], zone: tzinfo | None) -> tuple[int, Reals]:
    """Of moments with a zone: the wall clock of the first in its own zone, or in the one that is given, and what passed
    since, whatever clocks did."""
    moments: list[Any] = [with_zone(moment) if isinstance(moment, str) else moment for moment in times]
    for at, moment in enumerate(moments):
        if getattr(moment, "tzinfo", None) is None:
            raise ValueError(f"time[{at}] has no zone, and time[0] has one")
    first = moments[0]
    since = [(moment.astimezone(timezone.utc) - first.astimezone(timezone.utc)) / timedelta(seconds=1) for moment in moments]
    wall_clock_of_first = np.datetime64(_in_zone(first, zone), "us")
    return int(wall_clock_of_first.astype("datetime64[s]").astype(np.int64)), np.array(since)


def _in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    """The wall clock of a moment with a zone."""
    return (moment if zone is None else moment.astimezone(zone)).replace(tzinfo=None)


def _refuse_conversion(zone: tzinfo | None) -> None:
    if zone is not None:
        raise ValueError("zone converts moments that have a zone, and these have none: leave it out, they are the wall clock already")


def _refuse_zones(times: np.ndarray[Any, Any]) -> None:
    for at, moment in enumerate(times):
        if _has_zone(moment):
            raise ValueError(f"time[{at}] has a zone, and time[0] has none")


def _begin(start: Any, zone: tzinfo | None) -> datetime:
    """The wall clock that seconds count from; of a moment with a zone as of times with one."""
    moment: Any = with_zone(start) if isinstance(start, str) and has_zone(start) else start
    if getattr(moment, "tzinfo", None) is not None:
        return _in_zone(moment, zone)
    _refuse_conversion(zone)
    begin = UNKNOWN_START if moment is None else wall_clock(moment)
    if begin is None:
        raise ValueError(f"start must be a moment, not {start!r}")
    return begin


def _counted(times: np.ndarray[Any, Any], start: Any, zone: tzinfo | None) -> tuple[int, Reals]:
    """The same of numbers of seconds, or of time deltas."""
    since = times / np.timedelta64(1, "s") if times.dtype.kind == "m" else times.astype(np.float64)
    _refuse_missing(~np.isfinite(since))
    if since[0] > _LONGEST_S and times.dtype.kind != "m":
        raise ValueError(
            f"time[0] is {since[0]:g} s, more than a year after start: of seconds since 1970 make datetime64, "
            "np.asarray(time).astype('datetime64[s]'), or subtract the first and give start"
        )
    begin_s = int(np.datetime64(_begin(start, zone), "s").astype(np.int64))
    return begin_s + int(np.floor(since[0])), since - since[0]


def _refuse_missing(is_missing: np.ndarray[Any, np.dtype[np.bool_]]) -> None:
    if is_missing.any():
        raise ValueError(f"time[{int(np.flatnonzero(is_missing)[0])}] is missing")


def _refuse_backwards(seconds: Reals | Whole) -> None:
    backwards = np.flatnonzero(np.diff(seconds) <= 0)
    if backwards.size:
        at = int(backwards[0]) + 1
        how = "sort the records and leave out those of one second"
        if abs(seconds[at] - seconds[at - 1] + 3_600) < 120:
            how = (
                "if clocks went back an hour there, give times with their zone, which keeps the repeated hour "
                "(pandas: .tz_localize(zone, ambiguous='infer'))"
            )
        raise ValueError(f"time[{at}] is not a later second than time[{at - 1}]: {how}")


def _refuse_parts_of_seconds(since: Reals) -> None:
    """A night has whole seconds between its records; a step here and there may be off, the usual one not."""
    steps = np.diff(since)
    middle = (steps.size - 1) // 2
    usual = float(np.partition(steps, middle)[middle]) if steps.size else 1.0
    whole = max(round(usual), 1)
    if abs(usual - whole) > _OFF_SHARE * whole:
        raise ValueError(f"time has a record every {usual:g} s, and a night whole seconds between records: resample to {whole} s")


def _readings(
    name: str, values: Any, length: int, *, lowest: int, highest: int, none: tuple[int, ...]
) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Whole numbers, the nearest; -1 for no reading."""
    if values is None:
        return np.full(length, -1, dtype=np.int32)
    numbers = _numbers(name, values)
    if numbers.shape != (length,):
        raise ValueError(f"{name} must be as long as time ({length}), not of shape {numbers.shape}")
    rounded = np.floor(numbers + 0.5)
    is_none = np.isnan(rounded) | np.isin(rounded, none)
    wrong = np.flatnonzero(~is_none & ((rounded < lowest) | (rounded > highest)))
    if wrong.size:
        at = int(wrong[0])
        raise ValueError(f"{name}[{at}] is {numbers[at]:g}, which is no reading; between {lowest} and {highest}, or NaN")
    return np.where(is_none, -1, rounded).astype(np.int32)


def _numbers(name: str, values: Any) -> Reals:
    """Numbers, NaN where there is none."""
    if isinstance(values, np.ma.MaskedArray):
        values = np.where(np.ma.getmaskarray(values), np.nan, values.data)
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError, OverflowError):
        return np.array([_number(f"{name}[{at}]", value) for at, value in enumerate(values)])


def _number(place: str, value: Any) -> float:
    if type(value).__name__ == "NAType":  # of pandas, which need not be here
        return float("nan")
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{place} is {value!r}, which is no number") from None


def _refuse_fractions(spo2: np.ndarray[Any, np.dtype[np.int32]]) -> None:
    if (spo2 > 0).any() and spo2.max() <= 1:
        raise ValueError("spo2 is never above 1: it must be in percent, not a fraction")
