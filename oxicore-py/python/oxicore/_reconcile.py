"""Why two definitions do not find the same desaturations, event by event."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from . import _core
from ._numbers import AasmSettings, FilterSettings, Profile
from ._plain import build, converter
from ._provenance import parsed
from ._table import Table

if TYPE_CHECKING:
    import pandas
    import pyarrow
    from matplotlib.axes import Axes
    from typing_extensions import Unpack

    from ._numbers import AnalysisSettings
    from ._recording import Recording

#: Why a definition lacks an event; what each means by which profile is in docs/ALGORITHMS.md, "Reconciliation".
Rule = Literal[
    "depth",
    "onset-window",
    "shorter-than",
    "longer-than",
    "no-resaturation",
    "gap",
    "joined-with-another",
    "below-range",
    "filter",
]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a desaturation is: profile, depth and settings. ``str`` says all of it.

    >>> str(oxicore.Definition.of("aasm", listed_pct=4, slope=False))
    'aasm, 4 %, filter F1 F2'
    """

    profile: Profile
    """The profile."""
    depth_pct: int
    """Depth of a desaturation, percent."""
    filter: FilterSettings | None
    """``None`` where the profile uses unfiltered readings."""
    aasm: AasmSettings | None
    """Geometry of the events; only of profile ``aasm`` and its nested form."""

    @staticmethod
    def of(profile: Profile, *, listed_pct: int | None = None, **settings: Unpack[AnalysisSettings]) -> Definition:
        """A definition.

        Args:
            profile: whose.
            listed_pct: smallest depth, 2 to 10 percent; without it 3, and of ``"aasm-nested"``, which has no other, 4.
            settings: what differs from the definition, as in :meth:`Recording.analyze`.

        Raises:
            ValueError: there is no such profile, it has no such setting or depth, or a setting is out of range.
            TypeError: there is no such setting.

        >>> oxicore.Definition.of("viatom").filter is None
        True
        """
        pct = listed_pct if listed_pct is not None else 4 if profile == "aasm-nested" else 3
        return build(Definition, json.loads(_core.definition(profile, pct, dict(settings))))

    def __str__(self) -> str:
        return _core.definition_in_words(json.dumps(asdict(self)))


@dataclass(frozen=True, slots=True)
class Event:
    """An event that enters the index of a definition; times are seconds since the first record."""

    onset_s: int
    """Where the definition has it begin."""
    nadir_s: int
    """The first of its lowest readings."""
    end_s: int
    """Its end, which is not part of it."""
    baseline_pct: int
    """Level that the definition measures from, percent, without a fraction."""
    nadir_pct: int
    """Lowest level, percent."""

    @property
    def depth_pct(self) -> int:
        """Level measured from minus nadir, percent."""
        return self.baseline_pct - self.nadir_pct

    @property
    def duration_s(self) -> int:
        """Onset to end, seconds."""
        return self.end_s - self.onset_s


@dataclass(frozen=True, slots=True)
class LostEvent:
    """An event that the other definition lacks."""

    event: Event
    """The event."""
    rule: Rule
    """The first rule of the other definition that lost it."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The events of two definitions: each is in :attr:`matched`, or in the list of its own definition. Not a diagnosis.

    >>> found = oxicore.synthetic_night().reconcile("aasm", "viatom")
    >>> found.table().column_names[:3]
    ['found_by', 'rule', 'a_onset_s']
    >>> len(found.table()) == len(found.matched) + len(found.only_a) + len(found.only_b)
    True
    """

    a: Definition
    """The one definition."""
    b: Definition
    """The other."""
    matched: tuple[tuple[Event, Event], ...]
    """Events of ``a`` and ``b`` that overlap, in order: one of each."""
    only_a: tuple[LostEvent, ...]
    """Events that ``b`` lacks, in order."""
    only_b: tuple[LostEvent, ...]
    """Events that ``a`` lacks, in order."""
    night: Recording = field(repr=False, compare=False)
    """The night."""
    provenance: dict[str, Any] = field(repr=False, compare=False)
    """How they were found: both definitions in words, ``algorithm_revision``, ``reader_revision`` and ``package_version``."""

    def lost_by(self, side: Literal["a", "b"]) -> dict[Rule, int]:
        """How many events of ``a`` or ``b`` the other lacks, by the rule that lost them.

        Raises:
            ValueError: ``side`` is neither.
        """
        if side not in ("a", "b"):
            raise ValueError(f"side must be 'a' or 'b', not {side!r}")
        return dict(Counter(lost.rule for lost in (self.only_a if side == "a" else self.only_b)))

    def table(self) -> Table:
        """A row for each pair and each event that is alone, in order of time; of an event that is alone the columns of the
        other definition are missing."""
        rows = [
            *(_row("both", None, one, other) for one, other in self.matched),
            *(_row("a", lost.rule, lost.event, None) for lost in self.only_a),
            *(_row("b", lost.rule, None, lost.event) for lost in self.only_b),
        ]
        rows.sort(key=lambda row: row["a_onset_s"] if row["b_onset_s"] is None else row["b_onset_s"])
        return Table._of([(name, kind, [row[name] for row in rows]) for name, kind in _COLUMNS.items()], json.dumps(self.provenance))

    def to_pandas(self) -> pandas.DataFrame:
        """:meth:`table` as a pandas data frame. Needs pandas."""
        return self.table().to_pandas()

    def to_arrow(self) -> pyarrow.Table:
        """:meth:`table` as an Arrow table. Needs pyarrow."""
        return self.table().to_arrow()

    def plot(self, ax: Axes | None = None) -> Axes:
        """SpO2 of the night, and above it the events of both definitions, each lost one in the colour of its rule. Needs
        matplotlib.

        Args:
            ax: where to draw; without it a new figure.

        >>> oxicore.synthetic_night().reconcile("aasm", "viatom").plot().get_ylabel()
        'SpO2 (%)'
        """
        from ._plot_reconciliation import plot_reconciliation

        return plot_reconciliation(self, ax)


_PARTS = {"onset_s": "integer", "nadir_s": "integer", "end_s": "integer", "baseline_pct": "integer", "nadir_pct": "integer"}
_COLUMNS = {"found_by": "text", "rule": "text"} | {f"{side}_{name}": kind for side in "ab" for name, kind in _PARTS.items()}
_PAIRS, _LOST = converter(tuple[tuple[Event, ...], ...]), converter(tuple[LostEvent, ...])


def _row(found_by: str, rule: Rule | None, one: Event | None, other: Event | None) -> dict[str, Any]:
    of_a = {f"a_{name}": None if one is None else getattr(one, name) for name in _PARTS}
    of_b = {f"b_{name}": None if other is None else getattr(other, name) for name in _PARTS}
    return {"found_by": found_by, "rule": rule, **of_a, **of_b}


def reconciled(night: Recording, a: Definition | Profile, b: Definition | Profile) -> Reconciliation:
    """The events of both, by the core."""
    one, other = (given if isinstance(given, Definition) else Definition.of(given) for given in (a, b))
    text, about = night._core.reconcile(*(json.dumps(asdict(definition)) for definition in (one, other)))
    found = json.loads(text)
    return Reconciliation(one, other, _PAIRS(found["matched"]), _LOST(found["only_a"]), _LOST(found["only_b"]), night, parsed(about))
