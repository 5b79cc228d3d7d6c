"""The numbers of one night. Attribute names and values are those of :meth:`Analysis.to_dict`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Generic, Literal, Protocol, TypedDict, TypeVar

from ._plain import converter
from ._table import Table, facts_html

T = TypeVar("T")

#: Definitions of a desaturation.
Profile = Literal["aasm", "aasm-nested", "viatom", "pobm", "mean120", "mean120-analyzer"]


class AnalysisSettings(TypedDict, total=False):
    """What an analysis may do differently; whatever is left out is as the definition says."""

    #: SpO2 counts only beside a valid pulse; off.
    require_pulse: bool
    #: SpO2 counts only up to this motion, no unit; ``None``: motion does not matter.
    max_motion: int | None
    #: SpO2 that changes faster than 4 % per second does not count; on.
    slope: bool
    #: Time left out at the start, seconds; 0.
    trim_start_s: int
    #: Time left out at the end, seconds; 0.
    trim_end_s: int
    #: How far back the peak is looked for, seconds; 120.
    look_back_s: int
    #: Shortest event, seconds; 10, and not less.
    min_duration_s: int
    #: Longest time to resaturation, seconds; 180.
    max_duration_s: int
    #: Longest missing time that is bridged, seconds; 10.
    max_gap_s: int
    #: How close to the peak the signal must come back, percent; 1.
    near_pct: int
    #: What ends an event; ``"taha"``.
    recovery: Literal["taha", "peak", "fraction"]
    #: Detect on the running median of three readings; off.
    median3: bool
    #: Let falls without resaturation count; off.
    include_sustained: bool
    #: Let events cut by a gap or the end count; off.
    include_truncated: bool
    #: A slower pulse is slow, beats per minute; 50.
    bradycardia_bpm: int
    #: A faster pulse is fast, beats per minute; 120.
    tachycardia_bpm: int


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
    #: Whether the pulse began to rise by 6 beats per minute between the nadir and 10 s after the end; ``None``: not known.
    pulse_rise: bool | None

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
class FilterSettings:
    """Which readings were left out."""

    #: ``None``: motion does not matter.
    max_motion: int | None
    require_pulse: bool
    slope: bool
    trim_start_s: int
    trim_end_s: int


@dataclass(frozen=True, slots=True)
class AasmSettings:
    """What an event of profile ``aasm`` is."""

    include_sustained: bool
    include_truncated: bool
    look_back_s: int
    max_duration_s: int
    max_gap_s: int
    median3: bool
    min_duration_s: int
    near_pct: int
    recovery: str


@dataclass(frozen=True, slots=True)
class PulseSettings:
    """What a slow and a fast pulse is."""

    bradycardia_bpm: int
    tachycardia_bpm: int


@dataclass(frozen=True, slots=True)
class Settings:
    """How the numbers were computed."""

    filter: FilterSettings
    aasm: AasmSettings
    pulse: PulseSettings


@dataclass(frozen=True, slots=True)
class Index:
    """Desaturations per hour, with everything that has to be said with the figure."""

    profile: Profile
    threshold: Literal["three", "four"]
    #: Events that enter the index.
    count: int
    #: What they are divided by.
    denominator: Literal["valid-spo2", "recording", "device"]
    #: Its length, seconds.
    seconds: int
    #: Events per hour; ``None`` under 600 s.
    per_h: float | None
    #: ``None`` where the profile uses unfiltered readings.
    filter: FilterSettings | None
    #: Geometry of the events; only of profile ``aasm`` and its nested form.
    aasm: AasmSettings | None
    algorithm_revision: int

    @property
    def threshold_pct(self) -> Literal[3, 4]:
        """Smallest depth, percent."""
        return 3 if self.threshold == "three" else 4


@dataclass(frozen=True, slots=True)
class Quality:
    """What of the recording counts, and why the rest does not. The counts add up to the records."""

    #: Records whose SpO2 counts.
    analysed: int
    missing_spo2: int
    #: Of these, with a valid pulse: on these devices a reading below about 61 %, not a lost sensor.
    missing_spo2_with_pulse: int
    spo2_out_of_range: int
    spo2_coupled: int
    spo2_motion: int
    spo2_slope: int
    trimmed: int
    #: Analysed records times interval: the denominator of the indices.
    valid_s: int
    valid_pct: float
    #: Less than four hours of valid signal.
    short_recording: bool


@dataclass(frozen=True, slots=True)
class TimeBelow:
    """Time below one level."""

    level_pct: int
    below_s: int
    below_pct: float
    at_or_below_s: int
    at_or_below_pct: float


@dataclass(frozen=True, slots=True)
class Spo2:
    """Distribution of the SpO2 readings that count."""

    n: int
    mean_pct: float
    #: ``None`` for a single reading.
    sd_pct: float | None
    median_pct: float
    mode_pct: int
    p1_pct: float
    p5_pct: float
    p10_pct: float
    p25_pct: float
    p75_pct: float
    p90_pct: float
    p95_pct: float
    min_pct: int
    max_pct: int
    #: Lowest level held for 10 s.
    nadir_10s_pct: int | None
    below_90_s: int
    #: T90: time below 90 % in percent of valid time.
    below_90_pct: float
    below_88_s: int
    #: T88: time below 88 % in percent of valid time.
    below_88_pct: float
    longest_below_90_s: int
    longest_below_88_s: int
    #: Area below 90 %, percent times minutes per hour of valid time.
    area_below_90_pctmin_h: float
    time_below: tuple[TimeBelow, ...]


@dataclass(frozen=True, slots=True)
class Pulse:
    """Distribution of the pulse readings, beats per minute."""

    n: int
    mean_bpm: float
    sd_bpm: float | None
    median_bpm: float
    p5_bpm: float
    p95_bpm: float
    min_bpm: int
    max_bpm: int
    bradycardia_s: int
    tachycardia_s: int
    #: Readings that look like twice the pulse.
    n_doubled: int
    #: Rises of 6 beats per minute and more.
    rises6: int
    rises6_per_h: float | None


@dataclass(frozen=True, slots=True)
class Odi:
    """Desaturations of at least one depth."""

    #: Events with resaturation.
    count: int
    #: Falls without resaturation within the longest duration.
    sustained: int
    #: Events cut by a gap or the end of the recording.
    truncated: int
    #: Events that enter the index.
    included: int
    #: Oxygen desaturation index: events per hour of valid signal; ``None`` below ten minutes of it.
    per_h: float | None


@dataclass(frozen=True, slots=True)
class NestedOdi:
    """The events of 3 % that are at least 4 % deep."""

    count: int
    per_h: float | None


@dataclass(frozen=True, slots=True)
class Aasm:
    """Desaturations by the definition of sleep medicine; each depth is searched on its own."""

    odi3: Odi
    odi4: Odi
    odi4_nested: NestedOdi


@dataclass(frozen=True, slots=True)
class Burden:
    """Area of the counted events."""

    area_pct_s: int
    desaturation_severity_pct: float
    #: Percent times minutes per hour of valid signal.
    hypoxic_burden_pctmin_h: float


@dataclass(frozen=True, slots=True)
class Part:
    """An hour or a half of the night."""

    valid_s: int
    odi3_count: int
    odi4_count: int
    odi3_per_h: float | None
    odi4_per_h: float | None


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
class Device:
    """What the device itself computed and stored in the file, passed through as it is."""

    duration_s: int | None
    mean_pct: int | None
    min_pct: int | None
    drops3: int
    drops4: int
    below_90_pct: int
    below_90_s: int
    dips_below_90: int
    #: O2 score times ten.
    score_tenths: int | None
    mean_bpm: int | None


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


class _Numbers(Protocol):
    """What an analysis is told by: the compiled one, or one that was stored."""

    def __len__(self) -> int: ...
    def summary(self) -> str: ...
    def section(self, name: str) -> str: ...


class _Section(Generic[T]):
    """An attribute that is converted when it is first asked for, and cannot be set."""

    def __init__(self, kind: object) -> None:
        self._convert = converter(kind)

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

    algorithm_revision = _Section[int](int)
    recording = _Section[RecordingFacts](RecordingFacts)
    settings = _Section[Settings](Settings)
    quality = _Section[Quality](Quality)
    #: ``None`` without a single SpO2 reading that counts.
    spo2 = _Section["Spo2 | None"](Spo2)
    #: ``None`` without a single pulse reading.
    pulse = _Section["Pulse | None"](Pulse)
    aasm = _Section[Aasm](Aasm)
    #: Of the events of 3 % and more; ``None`` below ten minutes of valid signal.
    burden3 = _Section["Burden | None"](Burden)
    #: Of the events of 4 % and more; ``None`` below ten minutes of valid signal.
    burden4 = _Section["Burden | None"](Burden)
    delta_index_pct = _Section["float | None"](float)
    #: Counted events of 3 % and more that come with a rise of the pulse.
    coupled3 = _Section[int](int)
    #: Hours of the night from the first record.
    hours = _Section["tuple[Part, ...]"](tuple[Part, ...])
    halves = _Section["tuple[Part, ...]"](tuple[Part, ...])
    #: ``None`` without a single SpO2 reading.
    viatom = _Section["Viatom | None"](Viatom)
    #: ``None`` where the file stores no figures of the device.
    device = _Section["Device | None"](Device)
    notices = _Section[Notices](Notices)
    #: Events of profile ``aasm`` and the listed depth, in order of time, whatever their outcome.
    desaturations = _Section["tuple[Desaturation, ...]"](tuple[Desaturation, ...])
    #: Desaturations of 3 % and more by :attr:`profile`; ``None``: it has no such index.
    index3 = _Section["Index | None"](Index)
    #: Desaturations of 4 % and more by :attr:`profile`.
    index4 = _Section["Index | None"](Index)

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
        return Table._of(
            [(name, kind, [getattr(event, name) for event in self.desaturations]) for name, kind in _EVENT_COLUMNS]
        )

    def to_dict(self) -> dict[str, Any]:
        """The numbers as plain data, ready for JSON: the same object through every door of the library."""
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


_EVENT_COLUMNS = (
    ("onset_s", "integer"),
    ("nadir_s", "integer"),
    ("end_s", "integer"),
    ("duration_s", "integer"),
    ("peak_pct", "integer"),
    ("nadir_pct", "integer"),
    ("depth_pct", "integer"),
    ("area_pct_s", "integer"),
    ("outcome", "text"),
    ("pulse_rise", "flag"),
)


def _per_h(odi: Odi) -> str:
    return "undefined" if odi.per_h is None else f"{odi.per_h:.1f}/h"
