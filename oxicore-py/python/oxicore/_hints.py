"""What the caller says of a file: columns or signals, the order of dates, the zone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone, tzinfo
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

#: Whether the day or the month comes first in dates of numbers.
DateOrder = Literal["day-first", "month-first"]
#: A column of a text or a signal of an EDF: its name, or its number from 1.
Column: TypeAlias = str | int
#: What columns can be chosen for, and which.
ColumnChoice: TypeAlias = Mapping[Literal["time", "spo2", "pulse", "motion"], Column]
#: An offset such as ``"+02:00"``, a name such as ``"Europe/Bucharest"``, or the same as an object.
Zone: TypeAlias = str | tzinfo | timedelta
#: As the compiled module takes them.
Hints: TypeAlias = tuple[list[tuple[str, Column]], str | None, int | None]

_ROLES = ("time", "spo2", "pulse", "motion")
_ORDERS = ("day-first", "month-first")
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d{2}))?")
_FARTHEST_MIN = 18 * 60


def hints(
    columns: ColumnChoice | None, signal: Column | None, date_order: DateOrder | None, zone_min: int | None
) -> Hints | None:
    """Checked and in one value; ``None`` where nothing is given.

    Raises:
        ValueError: a name or number that cannot be one.
        TypeError: something of another kind.
    """
    if not columns and signal is None and date_order is None:
        return None if zone_min is None else ([], None, zone_min)
    chosen = dict(columns or {})
    for role in chosen:
        if role not in _ROLES:
            raise ValueError(f"columns are chosen for {', '.join(_ROLES)}, not for {role!r}")
    if signal is not None:
        if "spo2" in chosen:
            raise ValueError("signal and columns['spo2'] say the same: give one of them")
        chosen["spo2"] = signal
    if date_order not in (None, *_ORDERS):
        raise ValueError(f"date_order must be 'day-first' or 'month-first', not {date_order!r}")
    named = [(str(role), _column(role, column)) for role, column in chosen.items()]
    return (named, date_order, zone_min)


def _column(role: str, column: Column) -> Column:
    if isinstance(column, str):
        return column
    if isinstance(column, bool) or not isinstance(column, int):
        raise TypeError(f"the column for {role} is a name or a number, not {column!r}")
    if not 0 < column < 2**16:
        raise ValueError(f"columns are counted from 1; there is no column {column} for {role}")
    return column


def offset_min(zone: Zone | None) -> int | tzinfo | None:
    """Minutes ahead of universal time, or a zone where they change with the season.

    Raises:
        ValueError: there is no such zone, or it is not whole minutes and at most 18 hours off.
    """
    if zone is None:
        return None
    found = _of_text(zone) if isinstance(zone, str) else zone
    if isinstance(found, timedelta):
        return _minutes(found)
    if not isinstance(found, tzinfo):
        raise TypeError(f"zone is a text, a tzinfo or a timedelta, not {zone!r}")
    fixed = found.utcoffset(None)
    return found if fixed is None else _minutes(fixed)


def minutes_at(zone: tzinfo, universal: datetime) -> int:
    """Minutes ahead of universal time at a moment of it."""
    return _minutes(universal.replace(tzinfo=timezone.utc).astimezone(zone).utcoffset() or timedelta())


def _of_text(zone: str) -> tzinfo | timedelta:
    if zone in ("Z", "UTC"):
        return timedelta()
    offset = _OFFSET.fullmatch(zone)
    if offset is not None:
        sign, hours, minutes = offset.groups()
        return (-1 if sign == "-" else 1) * timedelta(hours=int(hours), minutes=int(minutes or 0))
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"no zone {zone!r}: expected for example '+02:00', 'UTC' or 'Europe/Bucharest'") from None


def _minutes(offset: timedelta) -> int:
    minutes, rest = divmod(offset, timedelta(minutes=1))
    if rest or abs(minutes) > _FARTHEST_MIN:
        raise ValueError(f"a zone is whole minutes, at most 18 hours, ahead of universal time or behind, not {offset}")
    return minutes


def legible(name: str) -> str:
    """The name of a file as text: systems allow bytes in it that are none."""
    return name.encode(errors="replace").decode()
