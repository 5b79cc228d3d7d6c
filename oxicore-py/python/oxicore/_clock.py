"""Moments by the wall clock: a recording knows no time zone."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

import numpy as np

_NO_ZONE = "a recording knows no time zone: give the wall clock without one"
_ZONE = re.compile(r"[T ]\d\d.*(?:Z|[+-]\d\d(?::?\d\d)?)\s*$", re.IGNORECASE)


def has_zone(text: str) -> bool:
    """Whether a moment has a zone, which numpy would turn into another wall clock."""
    return _ZONE.search(text) is not None


def with_zone(text: str) -> datetime | str:
    """A moment with its zone; text that is none as it is."""
    try:
        return datetime.fromisoformat(re.sub(r"[zZ]\s*$", "+00:00", text.strip()))
    except ValueError:
        return text


def wall_clock(moment: Any) -> datetime | None:
    """A moment of any kind; ``None`` where it is none.

    Raises:
        ValueError: text that is no moment, or has a zone.
        TypeError: a moment with a zone.
    """
    if isinstance(moment, str):
        moment = _of_text(moment)
    if isinstance(moment, np.datetime64):
        moment = moment.astype("datetime64[us]").item()
    if isinstance(moment, date) and not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    if not isinstance(moment, datetime) or moment != moment:
        return None
    if moment.tzinfo is not None:
        raise TypeError(_NO_ZONE)
    return moment


def _of_text(text: str) -> np.datetime64:
    if has_zone(text):
        raise ValueError(f"{_NO_ZONE}, not {text!r}")
    moment: np.datetime64 | None
    try:
        moment = np.datetime64(text, "us")
    except ValueError:
        moment = None
    if moment is None or np.isnat(moment):
        raise ValueError(f"not a moment in ISO 8601, such as 2026-01-03T00:30: {text!r}")
    return moment


def elapsed(bound: Any, start: datetime) -> timedelta:
    """From the first record to a bound, which is a moment or is counted from the first record already.

    Raises:
        TypeError: it is neither, or has a zone.
    """
    since = bound.astype("timedelta64[us]").item() if isinstance(bound, np.timedelta64) else bound
    moment = wall_clock(bound)
    if moment is not None:
        since = moment - start
    if not isinstance(since, timedelta) or since != since:
        raise TypeError(f"a recording is cut by time (datetime, ISO text or timedelta), not by {bound!r}")
    return since
