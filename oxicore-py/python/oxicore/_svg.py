"""A picture of a night for notebooks: plain SVG, no other library."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._numbers import Desaturation
    from ._table import Table

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 720, 160, 34, 18


def picture(line: Table, recording_s: int, events: Iterable[Desaturation]) -> str:
    """SpO2 over the night, its desaturations shaded; the line breaks where readings are missing."""
    points = [(row["at_s"], row["spo2_pct"], row["segment"]) for row in line]
    lowest = int(min([80, *(level for _, level, _ in points)])) - 1

    def x(at_s: int) -> float:
        return round(_LEFT + (_WIDTH - _LEFT) * at_s / max(recording_s, 1), 1)

    def y(level: int) -> float:
        return round((_HEIGHT - _BOTTOM) * (101 - level) / (101 - lowest), 1)

    floor = _HEIGHT - _BOTTOM
    shades = "".join(
        f'<rect x="{x(e.onset_s)}" y="0" width="{max(x(e.end_s) - x(e.onset_s), 0.5):.1f}" height="{floor}"/>' for e in events
    )
    strokes = "".join(
        _stroke([f"{x(at)},{y(level)}" for at, level, _ in part]) for _, part in groupby(points, key=lambda point: point[2])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" role="img" '
        f'aria-label="SpO2 in percent over the night"><g fill="#d9480f" fill-opacity="0.15">{shades}</g>'
        f'<g stroke="currentColor" stroke-opacity="0.25" font-size="10" fill="currentColor">{_grid(lowest, y)}</g>'
        f'<g fill="none" stroke="#1864ab" stroke-linecap="round">{strokes}</g>{_hours(recording_s, x)}</svg>'
    )


def _stroke(places: list[str]) -> str:
    """A line; of one point its round ends alone are seen, and only if it has both."""
    return f'<polyline points="{" ".join(places if len(places) > 1 else places * 2)}"/>'


def _grid(lowest: int, y: Callable[[int], float]) -> str:
    levels = [level for level in range(100, lowest, -10)]
    return "".join(
        f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{y(level)}" y2="{y(level)}"/>'
        f'<text x="0" y="{y(level) + 4}" stroke="none">{level} %</text>'
        for level in levels
    )


def _hours(recording_s: int, x: Callable[[int], float]) -> str:
    hours = range(0, recording_s // 3_600 + 1, max(1, recording_s // 43_200))
    texts = "".join(f'<text x="{x(3_600 * hour)}" y="{_HEIGHT - 4}">{hour} h</text>' for hour in hours)
    return f'<g font-size="10" fill="currentColor">{texts}</g>'
