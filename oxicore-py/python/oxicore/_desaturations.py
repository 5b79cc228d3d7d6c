"""The desaturations of one definition."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Protocol

from ._numbers import Desaturation, Index, Spo2
from ._plain import converter
from ._provenance import in_words, parsed
from ._table import Table

_INDEX, _SPO2, _EVENTS = converter(Index), converter(Spo2), converter(tuple[Desaturation, ...])


class _Sections(Protocol):
    """What found them: the compiled one, or one that was stored."""

    def section(self, name: str) -> str: ...


class Desaturations:
    """The events of one definition and their index, from a pass that looks for nothing else. Not a diagnosis.

    >>> found = oxicore.synthetic_night().desaturations("pobm")
    >>> found.index.count == len(found.events)
    True
    """

    __slots__ = ("_sections",)

    def __init__(self, sections: _Sections) -> None:
        self._sections = sections

    @property
    def index(self) -> Index:
        """Desaturations per hour, with their full definition."""
        index: Index = _INDEX(json.loads(self._sections.section("index")))
        return index

    @property
    def spo2(self) -> Spo2 | None:
        """The accepted readings; ``None`` without any, and by ``"pobm"``, which accepts all."""
        spo2: Spo2 | None = _SPO2(json.loads(self._sections.section("spo2")))
        return spo2

    @property
    def events(self) -> Table:
        """One row an event, in order of time, whatever its outcome.

        By ``"aasm"`` the columns of :attr:`Analysis.events` without the pulse, which is not looked at; by ``"pobm"``
        ``begin_s``, ``end_s`` (the last return to the begin) and ``falls``: desaturations that run into each other are one event.
        """
        listed = json.loads(self._sections.section("events"))
        if self.index.profile == "pobm":
            columns = [(name, "integer", [event[name] for event in listed]) for name in ("begin_s", "end_s", "falls")]
            return Table._of(columns, self._sections.section("provenance"))
        return events_table(_EVENTS(listed), AASM_EVENT, self._sections.section("provenance"))

    @property
    def provenance(self) -> dict[str, Any]:
        """How they were found, as :attr:`Table.provenance` has it."""
        return parsed(self._sections.section("provenance"))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, ({name: self._sections.section(name) for name in ("index", "spo2", "events", "provenance")},))

    def __repr__(self) -> str:
        index = self.index
        per_h = "undefined" if index.per_h is None else f"{index.per_h:.1f}/h"
        changed = in_words(self.provenance["changed"])
        by = f", settings changed: {changed}" if changed else ""
        return f"<oxicore.Desaturations {index.profile}, {index.threshold_pct} %: {index.count} events, {per_h}{by}>"


class _Stored:
    """Desaturations that were pickled."""

    def __init__(self, sections: dict[str, str]) -> None:
        self.section = sections.__getitem__


def _restored(sections: dict[str, str]) -> Desaturations:
    return Desaturations(_Stored(sections))


#: Columns of events of profile ``aasm``; an analysis adds the pulse.
AASM_EVENT = (
    ("onset_s", "integer"),
    ("nadir_s", "integer"),
    ("end_s", "integer"),
    ("duration_s", "integer"),
    ("peak_pct", "integer"),
    ("nadir_pct", "integer"),
    ("depth_pct", "integer"),
    ("area_pct_s", "integer"),
    ("outcome", "text"),
    ("counted", "flag"),
    ("below_range", "flag"),
)


def events_table(events: Iterable[Desaturation], columns: Iterable[tuple[str, str]], about: str) -> Table:
    """Events of profile ``aasm`` as rows."""
    listed = tuple(events)
    return Table._of([(name, kind, [getattr(event, name) for event in listed]) for name, kind in columns], about)
