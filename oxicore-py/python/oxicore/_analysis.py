"""The numbers of one night."""

from __future__ import annotations

import json
from html import escape
from typing import Any, Generic, Protocol, TypeVar

from . import _core, _indices
from ._numbers import (
    Aasm,
    Burden,
    Desaturation,
    Device,
    Index,
    Notices,
    Part,
    Profile,
    Pulse,
    Quality,
    RecordingFacts,
    Settings,
    Spo2,
    Viatom,
)
from ._plain import converter
from ._provenance import in_words, line, parsed
from ._table import Table, facts_html

T = TypeVar("T")

#: Sections that are not part of the summary.
_BESIDE = ("desaturations", "index3", "index4", "definition3", "definition4", "provenance")


class _Numbers(Protocol):
    """Where an analysis has its numbers from: the compiled one, or one that was stored."""

    def __len__(self) -> int: ...
    def summary(self) -> str: ...
    def section(self, name: str) -> str: ...
    def events(self) -> _core.Table: ...


class _Section(Generic[T]):
    """An attribute that is converted when it is first asked for, and cannot be set."""

    def __init__(self, kind: object, about: str) -> None:
        self._convert = converter(kind)
        self.__doc__ = about

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, analysis: Analysis, owner: type | None = None) -> T:
        if analysis is None:
            return self
        known = analysis._known
        if self._name not in known:
            known[self._name] = self._convert(json.loads(analysis._numbers.section(self._name)))
        value: T = known[self._name]
        return value

    def __set__(self, analysis: Analysis, value: object) -> None:
        raise AttributeError(f"the numbers of an analysis cannot be changed: {self._name}")


class Analysis:
    """All numbers of one night. Not a diagnosis.

    >>> numbers = oxicore.synthetic_night().analyze()
    >>> numbers.spo2.below_90_pct == numbers.to_dict()["spo2"]["below_90_pct"]
    True
    """

    __slots__ = ("_known", "_numbers", "_profile")

    algorithm_revision: _Section[int] = _Section(int, "Goes up whenever a number of the same file changes.")
    recording: _Section[RecordingFacts] = _Section(RecordingFacts, "What the file says of itself.")
    settings: _Section[Settings] = _Section(Settings, "How the numbers were computed.")
    quality: _Section[Quality] = _Section(Quality, "What of the recording counts, and why the rest does not.")
    spo2: _Section[Spo2 | None] = _Section(Spo2, "Distribution of SpO2, percent; ``None`` without a single reading that counts.")
    pulse: _Section[Pulse | None] = _Section(Pulse, "Distribution of the pulse, beats per minute; ``None`` without a single reading.")
    aasm: _Section[Aasm] = _Section(Aasm, "Desaturations by profile ``aasm``, per hour of valid signal.")
    burden3: _Section[Burden | None] = _Section(
        Burden, "Hypoxic burden of the events of 3 % and more; ``None`` below ten minutes of valid signal."
    )
    burden4: _Section[Burden | None] = _Section(
        Burden, "Hypoxic burden of the events of 4 % and more; ``None`` below ten minutes of valid signal."
    )
    delta_index_pct: _Section[float | None] = _Section(float, "Mean change of SpO2 from 12 s to 12 s, percent; ``None``: no two are known.")
    coupled3: _Section[int] = _Section(int, "Number of counted events of 3 % and more that come with a rise of the pulse.")
    hours: _Section[tuple[Part, ...]] = _Section(tuple[Part, ...], "Hours of the night from the first record.")
    halves: _Section[tuple[Part, ...]] = _Section(tuple[Part, ...], "Halves of the night, equal in time.")
    viatom: _Section[Viatom | None] = _Section(
        Viatom, "Figures of the device maker's own report, by its rules; ``None`` without SpO2 of 50 % and more."
    )
    device: _Section[Device | None] = _Section(Device, "What the device itself computed; ``None`` where the file stores nothing of it.")
    notices: _Section[Notices] = _Section(Notices, "What was noticed while reading the file.")
    desaturations: _Section[tuple[Desaturation, ...]] = _Section(
        tuple[Desaturation, ...],
        "Events of profile ``aasm``, whichever was asked for, and the listed depth, in order of time. They may be more than "
        "``aasm.odi3.count``: that counts those that ended with resaturation. ``counted`` says which enter the index.",
    )
    index3: _Section[Index | None] = _Section(
        Index, "Desaturations of 3 % and more per hour, by :attr:`profile`; ``None``: it has no such index."
    )
    index4: _Section[Index | None] = _Section(Index, "Desaturations of 4 % and more per hour, by :attr:`profile`.")

    def __init__(self, profile: Profile, numbers: _Numbers) -> None:
        self._profile = profile
        self._numbers = numbers
        self._known: dict[str, Any] = {}

    @property
    def profile(self) -> Profile:
        """The definition that was asked for; it makes :attr:`index3` and :attr:`index4`."""
        return self._profile

    @property
    def provenance(self) -> dict[str, Any]:
        """How the numbers were made: profile, all settings, those ``changed`` from the defaults, ``algorithm_revision``,
        ``reader_revision`` and ``package_version``."""
        return parsed(self._numbers.section("provenance"))

    @property
    def changed_settings(self) -> dict[str, Any]:
        """The settings that differ from the defaults, by the names of :class:`AnalysisSettings`; empty for none."""
        changed: dict[str, Any] = self.provenance["changed"]
        return changed

    @property
    def definition3(self) -> str | None:
        """:attr:`index3` in one line with its full definition; ``None``: the profile has no such index."""
        return self._definition("definition3")

    @property
    def definition4(self) -> str | None:
        """The same of :attr:`index4`."""
        return self._definition("definition4")

    def _definition(self, name: str) -> str | None:
        row = self._index_row(name)
        return None if row is None else str(row["definition"])

    @property
    def events(self) -> Table:
        """The listed desaturations of the profile as a table, one row an event; their columns are those of
        :attr:`Desaturations.events`.

        >>> oxicore.synthetic_night().analyze().events.column("outcome")[0]
        'complete'
        >>> oxicore.synthetic_night().analyze("pobm").events.column_names
        ['begin_s', 'end_s', 'desaturations']
        """
        return Table(self._numbers.events())

    def to_dict(self) -> dict[str, Any]:
        """The numbers as plain data, ready for JSON: the same object in every binding of the library.

        Of a profile other than ``"aasm"`` also its name, ``profile``, and its indices, ``index3`` and ``index4``: each a
        row of :meth:`Recording.compare`, or ``None`` where the profile has none.

        >>> oxicore.synthetic_night().analyze().to_dict()["recording"]["interval_s"]
        4
        >>> oxicore.synthetic_night().analyze("pobm").to_dict()["index4"]["threshold_pct"]
        4
        """
        numbers: dict[str, Any] = json.loads(self._numbers.summary())
        if self._profile != "aasm":
            numbers |= {"profile": self._profile, "index3": self._index_row("definition3"), "index4": self._index_row("definition4")}
        return numbers

    def _index_row(self, name: str) -> dict[str, Any] | None:
        described = json.loads(self._numbers.section(name))
        return None if described is None else _indices.row(described)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Analysis):
            return NotImplemented
        return self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (*self._all(), self.events))

    def _all(self) -> tuple[Profile, str, tuple[str, ...]]:
        return (self._profile, self._numbers.summary(), tuple(map(self._numbers.section, _BESIDE)))

    def __repr__(self) -> str:
        by = "" if self._profile == "aasm" else f"{self._profile}: "
        spo2 = self.spo2
        levels = "no SpO2" if spo2 is None else f"T90 {spo2.below_90_pct:.1f} %, mean {spo2.mean_pct:.1f} %, lowest {_lowest(self)}"
        changed = in_words(self.changed_settings)
        return (
            f"<oxicore.Analysis {self.recording.start or 'start not known'}, {by}ODI3 {_per_h(self.index3)}, ODI4 {_per_h(self.index4)}, {levels}, "
            f"{self.quality.valid_s / 3_600:.1f} h valid{f', settings changed: {changed}' if changed else ''}>"
        )

    def _repr_html_(self) -> str:
        spo2 = self.spo2
        facts = {
            "Start": self.recording.start,
            "Valid (h)": self.quality.valid_s / 3_600,
            f"ODI3 (/h, {self._profile})": self.index3.per_h if self.index3 else None,
            f"ODI4 (/h, {self._profile})": self.index4.per_h if self.index4 else None,
            "T90 (%)": spo2.below_90_pct if spo2 else None,
            **({"T90 with readings below range (%)": spo2.below_90_pct_with_below_range} if spo2 and self.quality.below_range_readings else {}),
            "Mean SpO2 (%)": spo2.mean_pct if spo2 else None,
            "Lowest SpO2": _lowest(self) if spo2 else None,
            "Hypoxic burden (% min/h)": self.burden3.hypoxic_burden_pctmin_h if self.burden3 else None,
        }
        return f"<div>{facts_html(facts)}<p>{escape(line(self.provenance))}</p><p>Not a diagnosis.</p></div>"


class _Stored:
    """The numbers of an analysis that was pickled."""

    def __init__(self, summary: str, beside: tuple[str, ...], events: Table) -> None:
        self._summary = summary
        self._events = events
        self._beside = dict(zip(_BESIDE, beside, strict=True))

    def __len__(self) -> int:
        return len(json.loads(self._beside["desaturations"]))

    def summary(self) -> str:
        return self._summary

    def events(self) -> _core.Table:
        return self._events._core

    def section(self, name: str) -> str:
        return self._beside[name] if name in self._beside else json.dumps(json.loads(self._summary)[name])


def _restored(profile: Profile, summary: str, beside: tuple[str, ...], events: Table) -> Analysis:
    return Analysis(profile, _Stored(summary, beside, events))


def _lowest(analysis: Analysis) -> str | None:
    """The lowest SpO2; an upper bound where readings below the ring's range are missing."""
    spo2 = analysis.spo2
    bound = "<= " if analysis.quality.below_range_readings else ""
    return None if spo2 is None else f"{bound}{spo2.min_pct} %"


def _per_h(index: Index | None) -> str:
    if index is None:
        return "none"
    return "undefined" if index.per_h is None else f"{index.per_h:.1f}/h"
