"""A number over many nights: median with an interval, classes, two groups side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from . import _core
from ._plain import build
from ._table import Table

#: A number of each night, ``None`` where there is none; or a table, of which a column is meant.
Values = Table | Iterable[float | None]


@dataclass(frozen=True, slots=True)
class MedianInterval:
    """Between two of the nights lies the median of all nights that these are a sample of, whatever its distribution, as long
    as nights are independent. Where numbers are equal it does so more often than :attr:`coverage` says."""

    low: float
    """Lower end."""
    high: float
    """Upper end."""
    low_rank: int
    """Place of the lower end among the nights in order of size, from 1."""
    high_rank: int
    """Place of the upper end."""
    coverage: float
    """The exact probability, at least the confidence that was asked for."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number is spread over nights; its unit is that of the number."""

    nights: int
    """Nights that have the number."""
    undefined: int
    """Nights that have it not."""
    median: float | None
    """Median; the mean of the two in the middle where their number is even, ``None`` without a night."""
    min: float | None
    """Lowest."""
    max: float | None
    """Highest."""
    median_interval: MedianInterval | None
    """``None`` where the nights are too few for the confidence: under six for 0.95."""


@dataclass(frozen=True, slots=True)
class NightClass:
    """The nights of one class."""

    lower_cutoff: float | None
    """The cut-off below it; ``None`` of the lowest class."""
    upper_cutoff: float | None
    """The cut-off above it; ``None`` of the highest."""
    nights: int
    """Nights in it."""
    share: float | None
    """Their share of the nights that have the number, 0 to 1; ``None`` where none has."""


@dataclass(frozen=True, slots=True)
class Otherwise:
    """How often a single night would have said something else than the median of all.

    >>> str(oxicore.night_statistics([3.0, 4.0, 9.0], cutoffs=[5]).otherwise)
    'a single night would have said otherwise in 1 of 3'
    """

    nights: int
    """Nights in another class than the median."""
    of: int
    """Nights that have the number."""

    def __str__(self) -> str:
        return f"a single night would have said otherwise in {self.nights} of {self.of}"


@dataclass(frozen=True, slots=True)
class NightStatistics:
    """A number over many nights. Not a diagnosis."""

    spread: Spread
    """Counts, median with its interval, and range."""
    classes: tuple[NightClass, ...]
    """Lowest class first; one more than there are cut-offs."""
    class_of_median: int | None
    """Place of the median's class in :attr:`classes`, from 0; ``None`` without a night."""
    otherwise: Otherwise | None
    """``None`` under two nights: one cannot differ from itself."""


@dataclass(frozen=True, slots=True)
class NightsCompared:
    """Two groups of nights side by side. No test and no judgement."""

    one: Spread
    """The one group."""
    other: Spread
    """The other."""
    median_difference: float | None
    """Median of the other minus that of the one; ``None`` where either has none."""


def night_statistics(
    nights: Values,
    measure: str | None = None,
    *,
    cutoffs: Sequence[float] = (),
    at_cutoff: Literal["upper", "lower"] = "upper",
    confidence: float = 0.95,
) -> NightStatistics:
    """What many nights say together, and how often one of them would have said something else.

    The interval of the median lies between two of the nights (order statistics, Conover 1999): it assumes no distribution, but that
    nights are independent, and it is ``None`` where they are too few. There are no cut-offs of this library's own: one
    belongs to the definition that it was found with. Definitions: docs/ALGORITHMS.md, "Many nights".

    Args:
        nights: a cohort (any table), or a number of each night: an index, T90, a burden. ``None`` where it is not defined, never 0.
        measure: the column of the table.
        cutoffs: between the classes, the lowest first.
        at_cutoff: the class of a number exactly at a cut-off, ``"upper"`` ("5 and more") or ``"lower"`` ("above 5").
        confidence: how probable it shall be at least that the interval holds the median, between 0 and 1.

    Raises:
        ValueError: no night, a number that is negative, infinite or NaN, cut-offs that do not ascend, a confidence that is none.
        TypeError: a night that is no number, a table without a measure or a list with one.
        KeyError: the table has no such column.

    >>> found = oxicore.night_statistics([4.1, 6.0, None, 7.5, 5.2, 12.0, 4.8, 9.9], cutoffs=[5, 15, 30])
    >>> found.spread.nights, found.spread.undefined, found.spread.median
    (7, 1, 6.0)
    >>> found.spread.median_interval.low, found.spread.median_interval.high, found.spread.median_interval.coverage
    (4.1, 12.0, 0.984375)
    >>> [one.nights for one in found.classes], str(found.otherwise)
    ([2, 5, 0, 0], 'a single night would have said otherwise in 2 of 7')
    >>> cohort = oxicore.read_many(oxicore.synthetic_night(seed, hours=2) for seed in range(3))
    >>> oxicore.night_statistics(cohort, "odi3_per_h").spread.nights
    3
    """
    figures = json.loads(_core.night_statistics(_numbers(nights, measure), [*map(float, cutoffs)], at_cutoff, confidence))
    return build(NightStatistics, {"spread": figures["spread"], **figures["classified"]})


def compare_nights(one: Values, other: Values, measure: str | None = None, *, confidence: float = 0.95) -> NightsCompared:
    """Medians, ranges and counts of two groups of nights: before and after a treatment, say.

    Args:
        one: a cohort (any table), or a number of each night, as for :func:`night_statistics`.
        other: the group whose median the difference starts from the one's.
        measure: the column of the tables.
        confidence: as for :func:`night_statistics`.

    Raises:
        ValueError: as for :func:`night_statistics`, with the group; or two cohorts that were made by different definitions or
            settings, where a difference would be theirs.
        TypeError, KeyError: as for :func:`night_statistics`.

    >>> found = oxicore.compare_nights([22.0, 31.5, 27.0], [8.0, None, 6.0, 7.5])
    >>> found.one.median, found.other.median, found.median_difference, found.other.undefined
    (27.0, 7.5, -19.5, 1)
    """
    if isinstance(one, Table) and isinstance(other, Table):
        _refuse_other_making(one, other)
    figures = json.loads(_core.compare_nights(_numbers(one, measure), _numbers(other, measure), confidence))
    return build(NightsCompared, figures)


def _numbers(nights: Values, measure: str | None) -> list[float | None]:
    if isinstance(nights, Table):
        if measure is None:
            raise TypeError("measure says which column of the table is meant: 'odi3_per_h', say")
        return [_number(place, value) for place, value in enumerate(nights.column(measure))]
    if measure is not None:
        raise TypeError(f"measure is a column of a table; these nights are numbers already: {measure!r}")
    return [_number(place, value) for place, value in enumerate(nights)]


def _number(place: int, value: Any) -> float | None:
    if value is None:
        return None
    try:
        if not isinstance(value, (bool, str, bytes)):
            return float(value)
    except (TypeError, ValueError):
        pass
    raise TypeError(f"night {place} (from 0) is {value!r:.80}, neither a number nor None")


#: What of the making of two tables must be the same for their numbers to be of one kind.
_MAKING = ("profile", "settings", "algorithm_revision")


def _refuse_other_making(one: Table, other: Table) -> None:
    for name in _MAKING:
        this, that = one.provenance.get(name), other.provenance.get(name)
        if this != that:
            raise ValueError(f"the two groups have different {name.replace('_', ' ')}, so a difference would be theirs: {_differing(this, that)}")


def _differing(this: Any, that: Any) -> str:
    if isinstance(this, dict) and isinstance(that, dict):
        names = [name for name in {**this, **that} if this.get(name) != that.get(name)]
        return ", ".join(f"{name} {_differing(this.get(name), that.get(name))}" for name in names)
    return f"{this!r} and {that!r}"
