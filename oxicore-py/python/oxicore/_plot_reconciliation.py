"""A picture of two definitions in one night with matplotlib."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ._extras import extra
from ._plot import _clock, _legend, _line, _mark_below_range, _moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from ._reconcile import Event, Reconciliation

_MATCHED = "#adb5bd"
#: Told apart by those who do not see red or green, and on grey paper by the words of the legend alone.
_RULES = {
    "depth": "#0072b2",
    "onset-window": "#56b4e9",
    "shorter-than": "#009e73",
    "longer-than": "#004d40",
    "no-resaturation": "#e69f00",
    "gap": "#000000",
    "joined-with-another": "#cc79a7",
    "below-range": "#d55e00",
    "filter": "#f0e442",
}
#: Lowest place and height of the two lanes, parts of the height of the picture.
_LANES = {"a": 0.93, "b": 0.86}
_HEIGHT = 0.05


def plot_reconciliation(found: Reconciliation, ax: Axes | None) -> Axes:
    """SpO2, and above it a lane of events for each definition."""
    with extra("plot"):
        from matplotlib import pyplot

    axes: Any = pyplot.subplots(figsize=(12, 5), layout="constrained")[1] if ax is None else ax
    _line(axes, found.night, "spo2")
    _mark_below_range(axes, found.night)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + (high - low) * 0.2)  # the lanes hide no reading
    _lane(axes, found, "a", "matched", [one for one, _ in found.matched], f"{len(found.matched)} matched")
    _lane(axes, found, "b", "matched", [other for _, other in found.matched], "_")
    for side, lost in (("a", found.only_a), ("b", found.only_b)):
        for rule, count in found.lost_by(side).items():  # type: ignore[arg-type]
            other = "b" if side == "a" else "a"
            _lane(axes, found, side, rule, [one.event for one in lost if one.rule == rule], f"{count} of {side} lost by {other}: {rule}")
    for side, place in _LANES.items():
        axes.text(1.005, place + _HEIGHT / 2, side, transform=axes.transAxes, verticalalignment="center", fontsize="small")
    _clock(axes, found.night)
    axes.set_title(_title(found), fontsize="medium")
    _legend(axes, below=ax is None)
    shown: Axes = axes
    return shown


def _lane(axes: Any, found: Reconciliation, side: str, rule: str, events: Sequence[Event], label: str) -> None:
    spans = [(found.night.start + timedelta(seconds=one.onset_s), timedelta(seconds=one.duration_s)) for one in events]
    if spans:
        color = _RULES.get(rule, _MATCHED)
        axes.broken_barh(spans, (_LANES[side], _HEIGHT), transform=axes.get_xaxis_transform(), color=color, label=label)


def _title(found: Reconciliation) -> str:
    end = found.night.start + timedelta(seconds=found.night.recording_s)
    counts = (len(found.matched) + len(lost) for lost in (found.only_a, found.only_b))
    of = [f"{side}: {definition}, {count} events" for side, definition, count in zip("ab", (found.a, found.b), counts, strict=True)]
    return "\n".join([f"{_moment(found.night.start)} to {_moment(end)}", *of])
