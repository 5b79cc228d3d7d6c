"""How far two measurements of the same nights agree (Bland and Altman 1986)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from typing import TYPE_CHECKING, Any

from ._table import Table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Standard deviations from the mean difference to a limit of agreement.
_LIMIT = 1.96


@dataclass(frozen=True)
class Agreement:
    """Mean difference and limits of agreement of pairs; differences are the first minus the second.

    The limits hold 95 % of the differences where these are normally distributed; look at :meth:`plot`. The standard errors
    are those of Bland and Altman.
    """

    pairs: Table
    """The pairs, one row each: ``one``, ``other``, ``mean``, ``difference``."""
    names: tuple[str, str]
    """What the two are called."""
    left_out: int
    """Pairs that lack one number or both."""
    bias: float | None
    """Mean difference; ``None`` without a pair."""
    sd: float | None
    """Sample standard deviation of the differences; ``None`` under two pairs."""
    unit: str | None = None
    """What the numbers are, for the axes of the plot."""

    @property
    def n(self) -> int:
        """Pairs that have both numbers."""
        return len(self.pairs)

    @property
    def limits(self) -> tuple[float, float] | None:
        """Lower and upper limit of agreement; ``None`` under two pairs."""
        if self.bias is None or self.sd is None:
            return None
        return (self.bias - _LIMIT * self.sd, self.bias + _LIMIT * self.sd)

    @property
    def bias_se(self) -> float | None:
        """Standard error of the mean difference; ``None`` under two pairs."""
        return None if self.sd is None else self.sd / sqrt(self.n)

    @property
    def limits_se(self) -> float | None:
        """Standard error of each limit; ``None`` under two pairs."""
        return None if self.sd is None else self.sd * sqrt(1 / self.n + _LIMIT**2 / (2 * (self.n - 1)))

    def plot(self, ax: Axes | None = None) -> Axes:
        """Differences over means, with the mean difference and the limits. Needs matplotlib.

        Args:
            ax: where to draw; without it a new figure.

        >>> oxicore.bland_altman([10.0, 12.0, 20.0], [11.0, 12.5, 18.0]).plot().get_ylabel()
        'one minus other'
        """
        from ._plot import plot_agreement

        return plot_agreement(self, ax)

    def __repr__(self) -> str:
        if self.bias is None:
            return f"<oxicore.Agreement of {' and '.join(self.names)}: no pair>"
        what = "" if self.unit is None else f", {self.unit}"
        limits = "" if self.limits is None else f", limits {self.limits[0]:.2f} to {self.limits[1]:.2f}"
        return f"<oxicore.Agreement {' minus '.join(self.names)}{what}: {self.bias:.2f}{limits}, {self.n} pairs, {self.left_out} left out>"


def bland_altman(one: Sequence[Any], other: Sequence[Any], *, names: tuple[str, str] = ("one", "other"), unit: str | None = None) -> Agreement:
    """Agreement of two definitions, two devices or two settings over the same nights, as numbers, a table and a plot.

    Args:
        one: a number for each night; ``None`` or NaN where there is none. A column of a table is one.
        other: the other number of the same nights, in the same order.
        names: what the two are called.
        unit: what the numbers are, such as ``"T90, %"``; it stands at the axes of the plot.

    Raises:
        ValueError: the two are of different lengths.

    >>> nights = [oxicore.synthetic_night(seed, hours=2) for seed in range(4)]
    >>> cohort = oxicore.read_many(nights, definitions="all")
    >>> cohort.agreement("aasm", "pobm", threshold_pct=4).n
    4
    >>> oxicore.bland_altman([10.0, 12.0, None], [11.0, 12.5, 18.0])
    <oxicore.Agreement one minus other: -0.75, limits -1.44 to -0.06, 2 pairs, 1 left out>
    """
    if len(one) != len(other):
        raise ValueError(f"one and other must be of the same nights: {len(one)} and {len(other)} numbers")
    both = [(float(a), float(b)) for a, b in zip(one, other, strict=True) if _is_number(a) and _is_number(b)]
    differences = [a - b for a, b in both]
    columns = {"one": [a for a, _ in both], "other": [b for _, b in both], "mean": [(a + b) / 2 for a, b in both]}
    pairs = Table._of([(name, "real", values) for name, values in {**columns, "difference": differences}.items()])
    bias = sum(differences) / len(differences) if differences else None
    return Agreement(pairs, names, len(one) - len(both), bias, _sd(differences, bias), unit)


def _is_number(value: Any) -> bool:
    try:
        return value is not None and isfinite(value)
    except TypeError:
        return False


def _sd(values: Sequence[float], mean: float | None) -> float | None:
    if mean is None or len(values) < 2:
        return None
    return sqrt(sum((value - mean) ** 2 for value in values) / (len(values) - 1))
