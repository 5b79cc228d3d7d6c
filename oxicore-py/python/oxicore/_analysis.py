"""The numbers of one night. Attribute names and values are those of :meth:`Analysis.to_dict`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Desaturation:
    """One desaturation event; times are seconds since the first record."""

    #: Last sample near the peak before the fall.
    onset_s: int
    #: First sample at the lowest level.
    nadir_s: int
    #: The sample that ended the event, not part of it.
    end_s: int
    #: Level the depth is measured from, percent.
    peak_pct: int
    #: Lowest level, percent.
    nadir_pct: int
    #: Area between the peak level and the signal, percent times seconds.
    area_pct_s: int
    #: How it ended; only complete events are counted in an index.
    outcome: Literal["complete", "sustained", "gap", "end"]

    @property
    def depth_pct(self) -> int:
        """Peak minus nadir, percent."""
        return self.peak_pct - self.nadir_pct

    @property
    def duration_s(self) -> int:
        """Onset to end, seconds."""
        return self.end_s - self.onset_s


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What the file says of itself."""

    format: str
    #: Wall clock of the first record, ISO 8601 without a zone.
    start: str
    interval_s: int
    records: int
    recording_s: int


@dataclass(frozen=True, slots=True)
class Quality:
    """How much of the night can be used."""

    #: Records with a usable SpO2.
    analysed: int
    missing_spo2: int
    missing_spo2_with_pulse: int
    spo2_out_of_range: int
    spo2_slope: int
    valid_s: int
    valid_pct: float
    short_recording: bool


@dataclass(frozen=True, slots=True)
class Spo2:
    """Distribution of the usable SpO2 readings."""

    n: int
    mean_pct: float
    median_pct: float
    min_pct: int
    max_pct: int
    below_90_s: int
    #: T90: time below 90 % in percent of valid time.
    below_90_pct: float
    below_88_s: int
    #: T88: time below 88 % in percent of valid time.
    below_88_pct: float
    longest_below_90_s: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """Distribution of the pulse readings, beats per minute."""

    n: int
    mean_bpm: float
    min_bpm: int
    max_bpm: int


@dataclass(frozen=True, slots=True)
class Odi:
    """Desaturations of at least one depth."""

    #: Complete events.
    count: int
    #: Falls without resaturation within the longest duration; not counted.
    sustained: int
    #: Events cut by a gap or the end; not counted.
    truncated: int
    #: Oxygen desaturation index, complete events per hour of valid signal; ``None`` below ten minutes of it.
    per_h: float | None


@dataclass(frozen=True, slots=True)
class Aasm:
    """Desaturations by the definition of sleep medicine."""

    odi3: Odi
    odi4: Odi


@dataclass(frozen=True, slots=True)
class Band:
    """Time in a range of values."""

    band: str
    seconds: int
    pct: float


@dataclass(frozen=True, slots=True)
class Viatom:
    """The figures of the device maker's own report, by its own rules."""

    baseline_pct: int
    drops3: int
    drops4: int
    drops3_per_h: float
    drops4_per_h: float
    duration_s: int
    dips_below_90: int
    spo2_bands: tuple[Band, ...]
    below_90: Band
    #: ``None`` without a single pulse reading.
    pulse_bands: tuple[Band, ...] | None


@dataclass(frozen=True, slots=True)
class Notices:
    """What was noticed while reading the file."""

    date_order_rule: str | None
    rows_dropped: int
    rows_retimed: int
    truncated_bytes: int
    interval_assumed: bool
    duplicates_removed: int
    not_finalised: bool
    checksum_mismatch: bool
    #: ``"recorded"``, ``"file-name"``, ``"file-name-utc"`` or ``"unknown"``.
    start_source: str
    countdown_records: int
    sub_range_readings: int
    clock_unset_rows: int
    readings_skipped: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """All numbers of one night. Not a diagnosis."""

    algorithm_revision: int
    recording: RecordingFacts
    quality: Quality
    #: ``None`` without a single usable SpO2 reading.
    spo2: Spo2 | None
    #: ``None`` without a single usable pulse reading.
    pulse: Pulse | None
    aasm: Aasm
    #: ``None`` without a single SpO2 reading.
    viatom: Viatom | None
    notices: Notices
    #: Events of the chosen profile and depth, in order of time, whatever their outcome.
    desaturations: tuple[Desaturation, ...]
    _json: str

    def to_dict(self) -> dict[str, Any]:
        """The numbers as plain data, ready for JSON: the same object through every door of the library."""
        numbers: dict[str, Any] = json.loads(self._json)
        return numbers

    def __repr__(self) -> str:
        odi3, odi4 = self.aasm.odi3, self.aasm.odi4
        return f"<oxicore.Analysis {self.recording.start}, ODI3 {_per_h(odi3)}, ODI4 {_per_h(odi4)}>"

    @classmethod
    def _from_json(cls, text: str, desaturations: tuple[Desaturation, ...]) -> Analysis:
        of = json.loads(text)
        return cls(
            algorithm_revision=of["algorithm_revision"],
            recording=RecordingFacts(**of["recording"]),
            quality=Quality(**of["quality"]),
            spo2=_optional(Spo2, of["spo2"]),
            pulse=_optional(Pulse, of["pulse"]),
            aasm=Aasm(odi3=Odi(**of["aasm"]["odi3"]), odi4=Odi(**of["aasm"]["odi4"])),
            viatom=_viatom(of["viatom"]),
            notices=Notices(**of["notices"]),
            desaturations=desaturations,
            _json=text,
        )


def _optional(kind: Any, of: dict[str, Any] | None) -> Any:
    return None if of is None else kind(**of)


def _viatom(of: dict[str, Any] | None) -> Viatom | None:
    if of is None:
        return None
    bands = {name: _bands(of[name]) for name in ("spo2_bands", "pulse_bands")}
    return Viatom(**{**of, **bands, "below_90": Band(**of["below_90"])})


def _bands(of: list[dict[str, Any]] | None) -> tuple[Band, ...] | None:
    return None if of is None else tuple(Band(**band) for band in of)


def _per_h(odi: Odi) -> str:
    return "undefined" if odi.per_h is None else f"{odi.per_h:.1f}/h"
