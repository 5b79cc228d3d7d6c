"""The desaturations of one definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from . import _core
from ._numbers import Index, Spo2
from ._plain import converter
from ._provenance import in_words, parsed
from ._table import Table

_INDEX, _SPO2 = converter(Index), converter(Spo2)


class _Found(Protocol):
    """What found them: the compiled one, or one that was stored."""

    def provenance(self) -> str: ...
    def index(self) -> dict[str, Any]: ...
    def spo2(self) -> dict[str, Any] | None: ...
    def events(self) -> _core.Table: ...


class Desaturations:
    """The events of one definition and their index, from a pass that looks for nothing else. Not a diagnosis.

    >>> found = oxicore.synthetic_night().desaturations("pobm")
    >>> found.index.count == len(found.events)
    True
    """

    __slots__ = ("_found",)

    def __init__(self, found: _Found) -> None:
        self._found = found

    @property
    def index(self) -> Index:
        """Desaturations per hour, with their full definition."""
        index: Index = _INDEX(self._found.index())
        return index

    @property
    def spo2(self) -> Spo2 | None:
        """The accepted readings; ``None`` without any, and by the profiles that are not ``"aasm"`` or ``"aasm-nested"``."""
        spo2: Spo2 | None = _SPO2(self._found.spo2())
        return spo2

    @property
    def events(self) -> Table:
        """One row an event, in order of time, whatever its outcome.

        By ``"aasm"`` and ``"aasm-nested"`` ``onset_s``, ``nadir_s``, ``end_s``, ``duration_s``, ``peak_pct``,
        ``nadir_pct``, ``depth_pct``, ``area_pct_s``, ``outcome``, ``counted`` and ``below_range`` (:attr:`Analysis.events` adds ``pulse_rise``); by ``"mean120"`` and ``"mean120-analyzer"`` first and last low reading (``begin_s``, ``last_s``),
        ``duration_s``, the mean they are below (``baseline_pct``), ``nadir_pct`` and ``outcome``; by ``"viatom"``
        ``begin_s``, ``nadir_s``, ``end_s`` (missing where the night ends first), ``baseline_pct`` and ``nadir_pct``; by
        ``"pobm"`` ``begin_s``, ``end_s`` (the last return to the begin) and ``desaturations``: desaturations that run into each
        other are one event. What each column says: :func:`column_dictionary`.
        """
        return Table(self._found.events())

    @property
    def provenance(self) -> dict[str, Any]:
        """How they were found, as :attr:`Table.provenance` has it."""
        return parsed(self._found.provenance())

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (self._found.provenance(), self._found.index(), self._found.spo2(), self.events))

    def __repr__(self) -> str:
        index = self.index
        per_h = "undefined" if index.per_h is None else f"{index.per_h:.1f}/h"
        changed = in_words(self.provenance["changed"])
        by = f", settings changed: {changed}" if changed else ""
        return f"<oxicore.Desaturations {index.profile}, {index.threshold_pct} %: {index.count} events, {per_h}{by}>"


@dataclass(frozen=True, slots=True)
class _Stored:
    """Desaturations that were pickled."""

    _provenance: str
    _index: dict[str, Any]
    _spo2: dict[str, Any] | None
    _events: Table

    def provenance(self) -> str:
        return self._provenance

    def index(self) -> dict[str, Any]:
        return self._index

    def spo2(self) -> dict[str, Any] | None:
        return self._spo2

    def events(self) -> _core.Table:
        return self._events._core


def _restored(provenance: str, index: dict[str, Any], spo2: dict[str, Any] | None, events: Table) -> Desaturations:
    return Desaturations(_Stored(provenance, index, spo2, events))
