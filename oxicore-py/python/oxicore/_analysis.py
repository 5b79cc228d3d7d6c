"""The numbers of one night."""

from __future__ import annotations

import json
from typing import Any, Generic, Protocol, TypeVar

from ._desaturations import AASM_EVENT, events_table
from ._numbers import (
    Aasm,
    Burden,
    Desaturation,
    Device,
    Index,
    Notices,
    Odi,
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
from ._table import Table, facts_html

T = TypeVar("T")


class _Numbers(Protocol):
    """What an analysis is told by: the compiled one, or one that was stored."""

    def __len__(self) -> int: ...
    def summary(self) -> str: ...
    def section(self, name: str) -> str: ...


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

    algorithm_revision = _Section[int](int, "Goes up whenever a number of the same file changes.")
    recording = _Section[RecordingFacts](RecordingFacts, "What the file says of itself.")
    settings = _Section[Settings](Settings, "How the numbers were computed.")
    quality = _Section[Quality](Quality, "What of the recording counts, and why the rest does not.")
    spo2 = _Section["Spo2 | None"](Spo2, "Distribution of SpO2, percent; ``None`` without a single reading that counts.")
    pulse = _Section["Pulse | None"](Pulse, "Distribution of the pulse, beats per minute; ``None`` without a single reading.")
    aasm = _Section[Aasm](Aasm, "Desaturations by profile ``aasm``, per hour of valid signal.")
    burden3 = _Section["Burden | None"](
        Burden, "Hypoxic burden of the events of 3 % and more; ``None`` below ten minutes of valid signal."
    )
    burden4 = _Section["Burden | None"](
        Burden, "Hypoxic burden of the events of 4 % and more; ``None`` below ten minutes of valid signal."
    )
    delta_index_pct = _Section["float | None"](float, "Mean change of SpO2 from 12 s to 12 s, percent; ``None``: no two are known.")
    coupled3 = _Section[int](int, "Number of counted events of 3 % and more that come with a rise of the pulse.")
    hours = _Section["tuple[Part, ...]"](tuple[Part, ...], "Hours of the night from the first record.")
    halves = _Section["tuple[Part, ...]"](tuple[Part, ...], "Halves of the night, equal in time.")
    viatom = _Section["Viatom | None"](
        Viatom, "Figures of the device maker's own report, by its rules; ``None`` without SpO2 of 50 % and more."
    )
    device = _Section["Device | None"](Device, "What the device itself computed; ``None`` where the file stores nothing of it.")
    notices = _Section[Notices](Notices, "What was noticed while reading the file.")
    desaturations = _Section["tuple[Desaturation, ...]"](
        tuple[Desaturation, ...], "Events of profile ``aasm`` and the listed depth, in order of time, whatever their outcome."
    )
    index3 = _Section["Index | None"](
        Index, "Desaturations of 3 % and more per hour, by :attr:`profile`; ``None``: it has no such index."
    )
    index4 = _Section["Index | None"](Index, "Desaturations of 4 % and more per hour, by :attr:`profile`.")

    def __init__(self, profile: Profile, numbers: _Numbers) -> None:
        self._profile = profile
        self._numbers = numbers
        self._known: dict[str, Any] = {}

    @property
    def profile(self) -> Profile:
        """The definition that was asked for; it makes :attr:`index3` and :attr:`index4`."""
        return self._profile

    @property
    def events(self) -> Table:
        """The listed desaturations as a table, one row an event.

        >>> oxicore.synthetic_night().analyze().events.column("outcome")[0]
        'complete'
        """
        return events_table(self.desaturations, (*AASM_EVENT, ("pulse_rise", "flag")))

    def to_dict(self) -> dict[str, Any]:
        """The numbers as plain data, ready for JSON: the same object through every door of the library.

        >>> oxicore.synthetic_night().analyze().to_dict()["recording"]["interval_s"]
        4
        """
        numbers: dict[str, Any] = json.loads(self._numbers.summary())
        return numbers

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Analysis):
            return NotImplemented
        return self._all() == other._all()

    def __hash__(self) -> int:
        return hash(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, self._all())

    def _all(self) -> tuple[Profile, str, str, str, str]:
        beside = (self._numbers.section(name) for name in ("desaturations", "index3", "index4"))
        return (self._profile, self._numbers.summary(), *beside)  # type: ignore[return-value]

    def __repr__(self) -> str:
        odi3, odi4 = self.aasm.odi3, self.aasm.odi4
        return f"<oxicore.Analysis {self.recording.start}, ODI3 {_per_h(odi3)}, ODI4 {_per_h(odi4)}>"

    def _repr_html_(self) -> str:
        spo2 = self.spo2
        facts = {
            "Start": self.recording.start,
            "Valid (h)": self.quality.valid_s / 3_600,
            "ODI3 (/h, aasm)": self.aasm.odi3.per_h,
            "ODI4 (/h, aasm)": self.aasm.odi4.per_h,
            "T90 (%)": spo2.below_90_pct if spo2 else None,
            "Mean SpO2 (%)": spo2.mean_pct if spo2 else None,
            "Lowest SpO2 (%)": spo2.min_pct if spo2 else None,
            "Hypoxic burden (% min/h)": self.burden3.hypoxic_burden_pctmin_h if self.burden3 else None,
        }
        return f"<div>{facts_html(facts)}<p>Not a diagnosis.</p></div>"


class _Stored:
    """The numbers of an analysis that was pickled."""

    def __init__(self, summary: str, desaturations: str, index3: str, index4: str) -> None:
        self._summary = summary
        self._beside = {"desaturations": desaturations, "index3": index3, "index4": index4}

    def __len__(self) -> int:
        return len(json.loads(self._beside["desaturations"]))

    def summary(self) -> str:
        return self._summary

    def section(self, name: str) -> str:
        return self._beside[name] if name in self._beside else json.dumps(json.loads(self._summary)[name])


def _restored(profile: Profile, summary: str, desaturations: str, index3: str, index4: str) -> Analysis:
    return Analysis(profile, _Stored(summary, desaturations, index3, index4))


def _per_h(odi: Odi) -> str:
    return "undefined" if odi.per_h is None else f"{odi.per_h:.1f}/h"
