"""A picture of a night with matplotlib."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from ._extras import extra

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._agreement import Agreement
    from ._analysis import Analysis
    from ._recording import Recording

Channel = Literal["spo2", "pulse", "motion"]
#: English whatever the system speaks.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: A shorter recording has seconds along its axis.
_SECONDS_S = 300
#: Time columns that the line is reduced to; no event is lost, see `Recording.reduce`.
_COLUMNS = 2_000


#: Name, unit and colour of each channel.
_CHANNELS = {
    "spo2": ("SpO2 (%)", "#1864ab"),
    "pulse": ("Pulse (beats per minute)", "#2b8a3e"),
    "motion": ("Motion (no unit)", "#495057"),
}
_SHADE = "#d9480f"


#: Height of the labels of the clock, which the legend of an own figure stands below, points.
_LABELS_PT = 36
#: Width of a letter of the title, inches.
_LETTER_IN = 0.078
#: Width of a label of the clock with what is free beside it, inches.
_LABEL_IN = 0.65


def plot(night: Recording, ax: Axes | None, channel: Channel) -> Axes:
    """A channel over the wall clock; counted desaturations shaded; the line breaks where readings are missing."""
    with extra("plot"):
        from matplotlib import pyplot

    axes: Any = pyplot.subplots(figsize=(12, 4.2), layout="constrained")[1] if ax is None else ax
    analysis = night.analyze()
    _panel(axes, night, analysis, channel)
    axes.set_title(_title(axes, night, analysis), fontsize="medium")
    _legend(axes, below=ax is None)
    shown: Axes = axes
    return shown


def plot_channels(night: Recording, channels: Sequence[Channel]) -> list[Axes]:
    """Channels below each other over one wall clock."""
    with extra("plot"):
        from matplotlib import pyplot

    _, drawn = pyplot.subplots(
        len(channels), sharex=True, squeeze=False, figsize=(12, 1.6 + 2.6 * len(channels)), layout="constrained"
    )
    panels: list[Any] = list(drawn[:, 0])
    analysis = night.analyze()
    for axes, channel in zip(panels, channels, strict=True):
        _panel(axes, night, analysis, channel)
    panels[0].set_title(_title(panels[0], night, analysis), fontsize="medium")
    _legend(panels[-1], below=True)
    return panels


def _panel(axes: Any, night: Recording, analysis: Analysis, channel: Channel) -> None:
    _shade(axes, night, analysis)
    _line(axes, night, channel)
    if channel == "spo2":
        _mark_below_range(axes, night)
    _clock(axes, night)


def _shade(axes: Any, night: Recording, analysis: Analysis) -> None:
    label = "desaturation of 3 % and more that counts (aasm)"
    for event in analysis.desaturations:
        if event.counted:
            onset, end = (night.start + timedelta(seconds=at) for at in (event.onset_s, event.end_s))
            axes.axvspan(onset, end, color=_SHADE, alpha=0.15, linewidth=0, label=label)
            label = "_"  # one entry of the legend is enough


def _mark_below_range(axes: Any, night: Recording) -> None:
    """A foot below each stretch without SpO2 that lies below the ring's range."""
    label = "SpO2 below the range of the ring"
    for before_s, after_s, _ in night._core.below_range_runs():
        begin, end = (night.start + timedelta(seconds=at) for at in (before_s + night.interval_s, after_s))
        axes.axvspan(begin, end, ymax=0.03, color=_SHADE, linewidth=0, label=label)
        label = "_"


def _line(axes: Any, night: Recording, channel: Channel) -> None:
    points_of_line = night.reduce(_COLUMNS, channel)
    name, color = _CHANNELS[channel]
    label = name.split(" (")[0]
    for _, part in groupby(points_of_line, key=lambda point: point["segment"]):
        points = list(part)
        times = [night.start + timedelta(seconds=point["at_s"]) for point in points]
        levels = [level for point in points for name, level in point.items() if name not in ("at_s", "segment")]
        alone = "." if len(points) == 1 else None  # a line of one point would not be seen
        axes.plot(times, levels, color=color, linewidth=0.8, marker=alone, markersize=2, label=label)
        label = "_"
    axes.set_ylabel(name)
    axes.margins(y=0.05)
    axes.yaxis.get_major_locator().set_params(integer=True)


def _title(axes: Any, night: Recording, analysis: Analysis) -> str:
    """When it was, and the index with its full definition. No name of a file: it may be a person's."""
    end = night.start + timedelta(seconds=night.recording_s)
    definition = textwrap.wrap(f"ODI3 {analysis.definition3}", max(int(_width_in(axes) / _LETTER_IN), 20))
    return "\n".join([f"{_moment(night.start)} to {_moment(end)}", *definition])


def _width_in(axes: Any) -> float:
    width: float = axes.get_window_extent().width / axes.figure.dpi
    return width


def _moment(moment: datetime) -> str:
    """A day that nobody reads as a month."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M}"


def _clock(axes: Any, night: Recording) -> None:
    """Hours along the axis; the day below the first of them and below each midnight, the year in the title."""
    import matplotlib.dates

    dates: Any = matplotlib.dates

    def label(at: float, place: int | None = None) -> str:
        moment = dates.num2date(at).replace(tzinfo=None)
        is_midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
        day = f"\n{moment.day} {_MONTHS[moment.month - 1]}" if place == 0 or is_midnight else ""
        return f"{moment:%H:%M:%S}{day}" if night.recording_s < _SECONDS_S else f"{moment:%H:%M}{day}"

    axes.set_xlim(night.start, night.start + timedelta(seconds=night.recording_s))
    most = max(int(_width_in(axes) / _LABEL_IN), 5)
    # So few that hours, of which there may be one less, can be divided into half hours.
    fewest = min((most - 1) // 2, 5)
    axes.xaxis.set_major_locator(dates.AutoDateLocator(minticks=fewest, maxticks=most))
    axes.xaxis.set_major_formatter(label)


def _legend(axes: Any, *, below: bool) -> None:
    """Below the clock where the figure is ours, and hides nothing; in a figure of others inside."""
    from matplotlib.transforms import ScaledTranslation

    if not axes.get_legend_handles_labels()[1]:
        return
    if not below:
        axes.legend(loc="lower left", fontsize="small")
        return
    place = axes.transAxes + ScaledTranslation(0, -_LABELS_PT / 72, axes.figure.dpi_scale_trans)
    axes.legend(
        loc="upper center", bbox_to_anchor=(0.5, 0), bbox_transform=place, borderaxespad=0, ncols=3, frameon=False, fontsize="small"
    )


def plot_agreement(agreement: Agreement, ax: Axes | None) -> Axes:
    """Differences over means; the mean difference and the limits of agreement as lines with their values."""
    with extra("plot"):
        from matplotlib import pyplot

    axes: Any = pyplot.subplots(figsize=(7, 5.4), layout="constrained")[1] if ax is None else ax
    one, other = agreement.names
    unit = f"\n({agreement.unit})" if agreement.unit else ""
    axes.plot(agreement.pairs["mean"], agreement.pairs["difference"], "o", color="#1864ab", markersize=4)
    if agreement.bias is not None:
        axes.axhline(agreement.bias, color="#d9480f", label=f"mean difference {agreement.bias:.2f}")
    for limit in agreement.limits or ():
        axes.axhline(limit, color="#d9480f", linestyle="--", label=f"limit of agreement {limit:.2f}")
    axes.set_xlabel(f"mean of {one} and {other}{unit}")
    axes.set_ylabel(f"{one} minus {other}{unit}")
    axes.set_title(f"Agreement of {one} and {other} (Bland and Altman)\n{agreement.n} nights, {agreement.left_out} left out", fontsize="medium")
    if agreement.bias is not None and ax is None:
        axes.figure.legend(loc="outside lower center", ncols=3, frameon=False, fontsize="small")
    elif agreement.bias is not None:
        axes.legend(loc="best", fontsize="small")
    shown: Axes = axes
    return shown
