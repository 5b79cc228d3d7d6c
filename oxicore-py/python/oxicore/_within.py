"""Parts of a night that count: spans of time, or a mask over its records."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import numpy as np

from ._clock import wall_clock

#: Whether it is a wall clock, in seconds since 1970, or counted from the first record.
_Moment: TypeAlias = tuple[bool, int]
#: As the compiled module takes them: a byte for each record, or begin and end of each part.
Chosen: TypeAlias = tuple[bytes | None, list[tuple[_Moment, _Moment]]]

_EPOCH = datetime(1970, 1, 1)


def chosen(within: Any) -> Chosen | None:
    """Parts of a night that need not be read yet; ``None`` stays ``None``.

    Raises:
        TypeError: it is neither spans of time nor a mask.
        ValueError: a bound is text that is no moment.
    """
    if within is None:
        return None
    if isinstance(within, (str, bytes)) or not isinstance(within, Iterable):
        raise TypeError(f"within must be pairs (begin, end) or a mask over the records, not {within!r:.80}")
    listed = within if isinstance(within, np.ndarray) else list(within)
    flat = np.asarray(listed, dtype=object) if len(listed) and not isinstance(listed[0], Sequence | str) else None
    if flat is not None and flat.ndim == 1 and all(isinstance(entry, (bool, np.bool_)) for entry in flat.tolist()):
        return (flat.astype(bool).tobytes(), [])
    return (None, [_span(part) for part in listed])


def chosen_of_nights(within: Any, names: Sequence[str]) -> list[Chosen | None]:
    """Of many nights: the same parts for all, or those that a mapping has for each by its name.

    Raises:
        ValueError: the mapping lacks a night, or has one that there is not.
        TypeError: as :func:`chosen`.
    """
    if not isinstance(within, Mapping):
        return [chosen(within)] * len(names)
    by_name = {os.fsdecode(name): chosen(parts) for name, parts in within.items()}
    if lacking := [name for name in names if name not in by_name]:
        raise ValueError(f"within has nothing for {lacking[0]!r}: give None for a night of which all counts")
    if unknown := set(by_name) - set(names):
        raise ValueError(f"within has parts for {min(unknown)!r}, which is none of the nights: names are those of the column source")
    return [by_name[name] for name in names]


def _span(part: Any) -> tuple[_Moment, _Moment]:
    if isinstance(part, (str, bytes)) or not isinstance(part, Iterable):
        raise TypeError(f"a part of within is a pair (begin, end), not {part!r:.80}")
    bounds = tuple(part)
    if len(bounds) != 2:
        raise TypeError(f"a part of within is a pair (begin, end), not {bounds!r:.80}")
    begin, end = map(_moment, bounds)
    return (begin, end)


def _moment(bound: Any) -> _Moment:
    """Seconds rounded up: a record belongs to a part if it is at or after its begin."""
    since = bound.astype("timedelta64[us]").item() if isinstance(bound, np.timedelta64) else bound
    moment = wall_clock(bound)
    if moment is not None:
        since = moment - _EPOCH
    if not isinstance(since, timedelta) or since != since:
        raise TypeError(f"a part of within is a pair of moments (datetime, ISO text or timedelta), not of {bound!r:.80}")
    return (moment is not None, -(-since // timedelta(seconds=1)))
