"""The parts of an analysis. Attribute names and values are those of :meth:`oxicore.Analysis.to_dict`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

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
    #: Lowest and highest SpO2 that counts, percent, both included; (50, 100).
    spo2_range_pct: tuple[int, int]
    #: Lowest and highest pulse that counts, beats per minute, both included; (25, 250).
    pulse_range_bpm: tuple[int, int]
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
    #: Wall clock of the first record, ISO 8601 without a zone; ``None`` where neither the file nor its name tells it.
    start: str | None
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


#: Names of the depths, from 2 %.
_DEPTHS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Index:
    """Desaturations per hour, with everything that has to be said with the figure."""

    profile: Profile
    threshold: Literal["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
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
    def threshold_pct(self) -> int:
        """Smallest depth, percent."""
        return _DEPTHS.index(self.threshold) + 2


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
    #: Longest time without a reading that counts, start and end included; 0 when none is longer than 10 s.
    longest_gap_s: int
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
class PulsePercentiles:
    """Percentiles of the pulse readings that count, by linear interpolation, beats per minute."""

    #: Most frequent reading; the highest of equally frequent ones.
    mode_bpm: int
    p1_bpm: float
    p5_bpm: float
    p10_bpm: float
    p25_bpm: float
    p50_bpm: float
    p75_bpm: float
    p90_bpm: float
    p95_bpm: float
    p99_bpm: float


@dataclass(frozen=True, slots=True)
class Supplement:
    """Numbers beside an analysis, of the readings that count; missing readings are left out."""

    #: Approximate entropy of SpO2 (m = 2, r = 0.25), no unit; ``None`` under 3 readings.
    approximate_entropy: float | None
    #: Sample entropy of SpO2 (m = 3, r = 0.2), no unit; ``None`` without a match of each length.
    sample_entropy: float | None
    #: ``None`` without a pulse reading.
    pulse: PulsePercentiles | None


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
    #: The same events per hour of recording, valid or not.
    per_h_of_recording: float | None


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

    #: ``"unambiguous"``, ``"chosen"``, ``"component-above12"``, ``"midnight"``, ``"file-name"``, ``"assumed-month-first"`` or
    #: ``"assumed-day-first"``; ``None`` for binaries.
    date_order_rule: str | None
    rows_dropped: int
    rows_retimed: int
    truncated_bytes: int
    interval_assumed: bool
    duplicates_removed: int
    not_finalised: bool
    checksum_mismatch: bool
    #: ``"recorded"``, ``"universal"``, ``"converted"`` (by the zone that was given), ``"file-name"``, ``"file-name-utc"`` or ``"unknown"``.
    start_source: str
    countdown_records: int
    sub_range_readings: int
    clock_unset_rows: int
    readings_skipped: int
    rows_spread: int
    rows_without_time: int
    lines_skipped: int
    unread_bytes: int
    signals_left_out: int
    #: Name of the column or signal read as SpO2; ``None`` where there is none, and for what the apps of this maker's rings always write.
    spo2_label: str | None
    pulse_label: str | None
    spo2_like_pulse: bool
    record_size_doubtful: bool
    start_doubtful: bool
    clock_doubtful: bool
