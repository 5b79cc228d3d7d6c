"""A picture of a night with matplotlib."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._agreement import Agreement
    from ._recording import Recording

#: Time columns that the line is reduced to; no event is lost, see `Recording.reduce`.
_COLUMNS = 2_000


def plot(night: Recording, ax: Axes | None) -> Axes:
    """SpO2 over the wall clock; counted desaturations shaded; the line breaks where readings are missing."""
    from matplotlib import pyplot

    axes: Any = pyplot.subplots(figsize=(12, 3.5))[1] if ax is None else ax
    for event in night.analyze().desaturations:
        if event.outcome == "complete":
            onset, end = (night.start + timedelta(seconds=at) for at in (event.onset_s, event.end_s))
            axes.axvspan(onset, end, color="#d9480f", alpha=0.15, linewidth=0)
    for _, part in groupby(night.reduce(_COLUMNS), key=lambda point: point["segment"]):
        points = list(part)
        times = [night.start + timedelta(seconds=point["at_s"]) for point in points]
        alone = "." if len(points) == 1 else None  # a line of one point would not be seen
        axes.plot(times, [point["spo2_pct"] for point in points], color="#1864ab", linewidth=0.8, marker=alone, markersize=2)
    axes.set_ylabel("SpO2 (%)")
    axes.set_xlim(night.start, night.start + timedelta(seconds=night.recording_s))
    axes.margins(y=0.05)
    shown: Axes = axes
    return shown


def plot_agreement(agreement: Agreement, ax: Axes | None) -> Axes:
    """Differences over means; the mean difference and the limits of agreement as lines with their values."""
    from matplotlib import pyplot

    axes: Any = pyplot.subplots(figsize=(7, 5), layout="constrained")[1] if ax is None else ax
    one, other = agreement.names
    axes.plot(agreement.pairs["mean"], agreement.pairs["difference"], "o", color="#1864ab", markersize=4)
    if agreement.bias is not None:
        axes.axhline(agreement.bias, color="#d9480f", label=f"mean difference {agreement.bias:.2f}")
    for limit in agreement.limits or ():
        axes.axhline(limit, color="#d9480f", linestyle="--", label=f"limit of agreement {limit:.2f}")
    axes.set_xlabel(f"mean of {one} and {other}")
    axes.set_ylabel(f"{one} minus {other}")
    axes.set_title(f"Agreement of {one} and {other}, {agreement.n} nights")
    if agreement.bias is not None:
        axes.legend(loc="best")
    shown: Axes = axes
    return shown
