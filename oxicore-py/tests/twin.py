"""The numbers again, by the plainest NumPy that follows the definitions: no queue, no single pass, no fixed memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

Array = np.ndarray


class Event(NamedTuple):
    """What `oxicore.Desaturation` says of an event."""

    onset_s: int
    nadir_s: int
    end_s: int
    peak_pct: int
    nadir_pct: int
    area_pct_s: int
    outcome: str


def accepted(time: Array, spo2: Array) -> Array:
    """Which readings count: there is one, within 50 to 100 %, no steeper than 4 % per second since the last that counts."""
    counts = np.zeros(time.size, dtype=bool)
    last = None
    for at in np.flatnonzero(~np.isnan(spo2) & (spo2 >= 50) & (spo2 <= 100)):
        if last is None or abs(spo2[at] - spo2[last]) <= 4 * (time[at] - time[last]):
            counts[at] = True
            last = at
    return counts


def events(time: Array, spo2: Array, interval: int, threshold: int) -> list[Event]:
    """Falls from the highest level of the last 120 s, with the way they end; only readings that count come in."""
    found: list[Event] = []
    since = 0  # no reading before this one may be a peak
    onset = None
    for at in range(time.size):
        if at and time[at] - time[at - 1] - interval > 10:
            if onset is not None:
                found += _event(time, spo2, interval, onset, at, int(time[at - 1]) + interval, "gap")
            onset, since = None, at
        if onset is not None:
            peak, nadir = _peak(time, spo2, since, onset[1]), spo2[onset[0] : at].min()
            ending = None
            if spo2[at] >= peak - 1 or spo2[at] >= nadir + threshold:
                ending = "complete"
            elif time[at] - time[onset[0]] > 180:
                ending = "sustained"
            if ending is not None:
                found += _event(time, spo2, interval, (onset[0], onset[1], peak), at, int(time[at]), ending)
                onset, since = None, at
        if onset is None:
            peak = _peak(time, spo2, since, at)
            if peak - spo2[at] >= threshold:
                first = max(since, int(np.searchsorted(time, time[at] - 120)))
                near = first + int(np.flatnonzero(spo2[first : at + 1] >= peak - 1)[-1])
                onset = (near, at, peak)
    if onset is not None:
        found += _event(time, spo2, interval, onset, time.size, int(time[-1]) + interval, "end")
    return found


def _peak(time: Array, spo2: Array, since: int, at: int) -> float:
    first = max(since, int(np.searchsorted(time, time[at] - 120)))
    return float(spo2[first : at + 1].max())


def _event(
    time: Array, spo2: Array, interval: int, onset: tuple[int, int, float], stop: int, end: int, outcome: str
) -> list[Event]:
    begin, fell, peak = onset
    if end - time[begin] < 10:
        return []
    inside = spo2[begin:stop]
    nadir = fell + int(spo2[fell:stop].argmin())
    area = int((peak - inside).sum() * interval)
    return [Event(int(time[begin]), int(time[nadir]), end, int(peak), int(spo2[nadir]), area, outcome)]
