"""Parts of a night that count: spans of time, or a mask over its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from ._columns import Times

#: Parts as seconds since the first record, in order.
Parts = list[tuple[int, int]]


def parts_of(within: Any, time: Times, interval_s: int, elapsed_s: Callable[[Any], int]) -> Parts:
    """The parts, in order.

    Raises:
        ValueError: there is no part, one ends before it begins, parts overlap, or a mask has another length.
        TypeError: it is neither spans of time nor a mask.
    """
    if isinstance(within, (str, bytes)) or not isinstance(within, Iterable):
        raise TypeError(f"within must be pairs (begin, end) or a mask over the records, not {within!r:.80}")
    listed = within if isinstance(within, np.ndarray) else np.array(list(within), dtype=object)
    is_mask = listed.ndim == 1 and all(isinstance(entry, (bool, np.bool_)) for entry in listed.tolist()) and listed.size > 0
    parts = _of_mask(listed.astype(bool), time, interval_s) if is_mask else sorted(map(_span(elapsed_s), within))
    if not parts:
        raise ValueError("within has no part: nothing would count")
    for (_, end), (begin, _) in zip(parts, parts[1:], strict=False):
        if begin < end:
            raise ValueError(f"two parts of within overlap {begin} s after the first record")
    return parts


def _of_mask(mask: Any, time: Times, interval_s: int) -> Parts:
    """From the first record of a run to the end of its last one, or to the first record that does not count."""
    if mask.shape != time.shape:
        raise ValueError(f"a mask must be as long as the night ({time.size} records), not {mask.size}")
    since = (time - time[0]).astype(np.int64)
    change = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    first, after = change[::2], change[1::2]
    ends = np.minimum(since[after - 1] + interval_s, np.append(since, since[-1] + interval_s)[after])
    return list(zip(since[first].tolist(), ends.tolist(), strict=True))


def _span(elapsed_s: Callable[[Any], int]) -> Callable[[Any], tuple[int, int]]:
    def of(part: Any) -> tuple[int, int]:
        if isinstance(part, (str, bytes)) or not isinstance(part, Iterable):
            raise TypeError(f"a part of within is a pair (begin, end), not {part!r:.80}")
        bounds = tuple(part)
        if len(bounds) != 2:
            raise TypeError(f"a part of within is a pair (begin, end), not {bounds!r:.80}")
        begin, end = (max(elapsed_s(bound), 0) for bound in bounds)
        if begin >= end:
            raise ValueError(f"a part of within ends before it begins, or before the night: {bounds!r:.120}")
        return (begin, end)

    return of
