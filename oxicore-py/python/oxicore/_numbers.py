"""The parts of an analysis. Attribute names and values are those of :meth:`oxicore.Analysis.to_dict`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ._facts import Device as Device, Notices as Notices, RecordingFacts as RecordingFacts
from ._settings import (
    AasmSettings as AasmSettings,
    AnalysisSettings as AnalysisSettings,
    FilterSettings as FilterSettings,
    Profile as Profile,
    PulseSettings as PulseSettings,
    Settings as Settings,
)


@dataclass(frozen=True, slots=True)
class Desaturation:
    """One desaturation event; times are seconds since the first record."""

    onset_s: int
    """Last sample near the peak before the desaturation."""
    nadir_s: int
    """First sample at the lowest level."""
    end_s: int
    """The sample that ended the event, not part of it."""
    peak_pct: int
    """Level the depth is measured from, percent."""
    nadir_pct: int
    """Lowest level, percent."""
    area_pct_s: int
    """Area between the peak level and the signal, percent times seconds."""
    outcome: Literal["complete", "sustained", "gap", "end"]
    """How it ended."""
    counted: bool
    """Whether it entered the index, by the settings it was found with; without others only complete events do."""
    below_range: bool
    """Whether SpO2 below the ring's range lies in it, or ended it as a gap: depth and area are then lower bounds."""
    pulse_rise: bool | None
    """Whether the pulse began to rise by 6 beats per minute between the nadir and 10 s after the end;
    ``None``: not known."""

    @property
    def depth_pct(self) -> int:
        """Peak minus nadir, percent."""
        return self.peak_pct - self.nadir_pct

    @property
    def duration_s(self) -> int:
        """Onset to end, seconds."""
        return self.end_s - self.onset_s


#: Names of the depths, from 2 %.
_DEPTHS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Index:
    """Desaturations per hour, with their full definition."""

    profile: Profile
    """Whose definition of an event."""
    threshold: Literal["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    """Smallest depth, as a word."""
    count: int
    """Events that enter the index."""
    denominator: Literal["valid-spo2", "recording", "device"]
    """What they are divided by."""
    seconds: int
    """Its length, seconds."""
    per_h: float | None
    """Events per hour; ``None`` under 600 s, and where readings are too far apart."""
    interval_too_coarse: bool
    """Readings are more than 10 s apart: there is no index."""
    filter: FilterSettings | None
    """``None`` where the profile uses unfiltered readings."""
    aasm: AasmSettings | None
    """Geometry of the events; only of profile ``aasm`` and its nested form."""
    algorithm_revision: int
    """Version of the definitions."""

    @property
    def threshold_pct(self) -> int:
        """Smallest depth, percent."""
        return _DEPTHS.index(self.threshold) + 2


@dataclass(frozen=True, slots=True)
class Quality:
    """What of the recording counts, and why the rest does not. The counts add up to the records."""

    analysed: int
    """Records whose SpO2 counts."""
    missing_spo2: int
    """Records without SpO2."""
    missing_spo2_with_pulse: int
    """Of these, with a valid pulse."""
    below_range_readings: int
    """Records without SpO2 that are readings below the range of this maker's rings, about 61 %: the lowest SpO2 of the
    night is then at or below the lowest reading. 0 for another maker's recording, unless ``below_range`` was set."""
    spo2_out_of_range: int
    """Records with SpO2 outside the plausible range."""
    spo2_coupled: int
    """Records with SpO2 and without a valid pulse, where one is required."""
    spo2_motion: int
    """Records with SpO2 under more motion than allowed."""
    spo2_slope: int
    """Records with SpO2 that changed faster than 4 % per second."""
    trimmed: int
    """Readings in time that was left out."""
    valid_s: int
    """Analysed records times interval: the denominator of the indices."""
    valid_pct: float
    """Valid time in percent of the recording, or of its parts that count."""
    longest_gap_s: int
    """Longest time without a reading that counts, start and end included; 0 when none is longer than 10 s."""
    short_recording: bool
    """Less than four hours of valid signal."""


@dataclass(frozen=True, slots=True)
class TimeBelow:
    """Time below one level."""

    level_pct: int
    """The level, percent."""
    below_s: int
    """Time with SpO2 below it, seconds."""
    below_pct: float
    """The same in percent of valid time."""
    at_or_below_s: int
    """Time with SpO2 at or below it, seconds."""
    at_or_below_pct: float
    """The same in percent of valid time."""


@dataclass(frozen=True, slots=True)
class Spo2:
    """Distribution of the SpO2 readings that count."""

    n: int
    """Readings that count."""
    mean_pct: float
    """Mean, percent."""
    sd_pct: float | None
    """``None`` for a single reading."""
    median_pct: float
    """Median, percent."""
    mode_pct: int
    """Most frequent reading, percent; the highest of equally frequent ones."""
    p1_pct: float
    """Percentile 1 by linear interpolation, percent."""
    p5_pct: float
    """Percentile 5 by linear interpolation, percent."""
    p10_pct: float
    """Percentile 10 by linear interpolation, percent."""
    p25_pct: float
    """Percentile 25 by linear interpolation, percent."""
    p75_pct: float
    """Percentile 75 by linear interpolation, percent."""
    p90_pct: float
    """Percentile 90 by linear interpolation, percent."""
    p95_pct: float
    """Percentile 95 by linear interpolation, percent."""
    min_pct: int
    """Lowest reading, percent."""
    max_pct: int
    """Highest reading, percent."""
    nadir_10s_pct: int | None
    """Lowest level held for 10 s."""
    below_90_s: int
    """Time below 90 %, seconds."""
    below_90_pct: float
    """T90: time below 90 % in percent of valid time."""
    below_88_s: int
    """Time below 88 %, seconds."""
    below_88_pct: float
    """T88: time below 88 % in percent of valid time."""
    below_90_pct_with_below_range: float
    """T90 with the records below the ring's range as readings below 90 %, in percent of all these."""
    below_88_pct_with_below_range: float
    """T88 in the same way."""
    longest_below_90_s: int
    """Longest stretch below 90 %, seconds; missing time up to 10 s inside it counts."""
    longest_below_88_s: int
    """Longest stretch below 88 %, seconds, in the same way."""
    area_below_90_pctmin_h: float
    """Area below 90 %, percent times minutes per hour of valid time."""
    time_below: tuple[TimeBelow, ...]
    """Time below 95, 94, 92, 90, 88, 85, 80 and 70 %."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """Distribution of the pulse readings, beats per minute."""

    n: int
    """Readings that count."""
    mean_bpm: float
    """Mean, beats per minute."""
    sd_bpm: float | None
    """Sample standard deviation, beats per minute; ``None`` for a single reading."""
    median_bpm: float
    """Median, beats per minute."""
    p5_bpm: float
    """Percentile 5, beats per minute."""
    p95_bpm: float
    """Percentile 95, beats per minute."""
    min_bpm: int
    """Lowest reading, beats per minute."""
    max_bpm: int
    """Highest reading, beats per minute."""
    bradycardia_s: int
    """Time with a slow pulse, seconds."""
    tachycardia_s: int
    """Time with a fast pulse, seconds."""
    n_doubled: int
    """Readings that look like twice the pulse."""
    rises6: int
    """Rises of 6 beats per minute and more."""
    rises6_per_h: float | None
    """The same per hour of valid pulse; ``None`` under 600 s of it."""


@dataclass(frozen=True, slots=True)
class PulsePercentiles:
    """Percentiles of the pulse readings that count, by linear interpolation, beats per minute."""

    mode_bpm: int
    """Most frequent reading; the highest of equally frequent ones."""
    p1_bpm: float
    """Percentile 1, beats per minute."""
    p5_bpm: float
    """Percentile 5, beats per minute."""
    p10_bpm: float
    """Percentile 10, beats per minute."""
    p25_bpm: float
    """Percentile 25, beats per minute."""
    p50_bpm: float
    """Percentile 50, beats per minute."""
    p75_bpm: float
    """Percentile 75, beats per minute."""
    p90_bpm: float
    """Percentile 90, beats per minute."""
    p95_bpm: float
    """Percentile 95, beats per minute."""
    p99_bpm: float
    """Percentile 99, beats per minute."""


@dataclass(frozen=True, slots=True)
class Supplement:
    """Numbers beside an analysis, of the readings that count; missing readings are left out."""

    approximate_entropy: float | None
    """Approximate entropy of SpO2 (m = 2, r = 0.25), no unit; ``None`` under 3 readings."""
    sample_entropy: float | None
    """Sample entropy of SpO2 (m = 3, r = 0.2), no unit; ``None`` without a match of each length."""
    pulse: PulsePercentiles | None
    """``None`` without a pulse reading."""


@dataclass(frozen=True, slots=True)
class BelowRangeEvents:
    """Events that SpO2 below the ring's range lies in: their depth and area are lower bounds."""

    all: int
    """Of all events."""
    counted: int
    """Of those that enter the index."""


@dataclass(frozen=True, slots=True)
class Odi:
    """Desaturations of at least one depth."""

    count: int
    """Events with resaturation."""
    sustained: int
    """Desaturations without resaturation within the longest duration."""
    truncated: int
    """Events cut by a gap or the end of the recording."""
    included: int
    """Events that enter the index."""
    per_h: float | None
    """Oxygen desaturation index: events per hour of valid signal; ``None`` below ten minutes of it."""
    per_h_of_recording: float | None
    """The same events per hour of recording, valid or not."""
    below_range_events: BelowRangeEvents
    """Those of the events that SpO2 below the ring's range lies in."""


@dataclass(frozen=True, slots=True)
class NestedOdi:
    """The events of 3 % that are at least 4 % deep."""

    count: int
    """Events of 3 % that are at least 4 % deep."""
    per_h: float | None
    """The same per hour of valid signal; ``None`` below ten minutes of it."""


@dataclass(frozen=True, slots=True)
class Aasm:
    """Desaturations by the definition of sleep medicine; each depth is searched on its own."""

    odi3: Odi
    """Desaturations of 3 % and more."""
    odi4: Odi
    """Desaturations of 4 % and more, searched on their own; not always fewer."""
    odi4_nested: NestedOdi
    """The events of 3 % that are at least 4 % deep; never more than those of 3 %."""


@dataclass(frozen=True, slots=True)
class Burden:
    """Area of the counted events."""

    area_pct_s: int
    """Area of the counted events, percent times seconds."""
    desaturation_severity_pct: float
    """The same over valid time, percent."""
    hypoxic_burden_pctmin_h: float
    """Percent times minutes per hour of valid signal."""


@dataclass(frozen=True, slots=True)
class Part:
    """An hour or a half of the night."""

    valid_s: int
    """Valid time in it, seconds."""
    odi3_count: int
    """Counted events of 3 % and more that begin in it."""
    odi4_count: int
    """Counted events of 4 % and more that begin in it."""
    odi3_per_h: float | None
    """The events of 3 % per hour of its valid time; ``None`` below ten minutes of it."""
    odi4_per_h: float | None
    """The events of 4 % per hour of its valid time; ``None`` below ten minutes of it."""


@dataclass(frozen=True, slots=True)
class Band:
    """Time in a range of values."""

    band: str
    """Which values."""
    seconds: int
    """Time in it, seconds."""
    pct: float
    """The same in percent of valid readings."""


@dataclass(frozen=True, slots=True)
class Viatom:
    """The figures of the device maker's own report, by its own rules."""

    baseline_pct: int
    """Level the drops are counted from, percent."""
    drops3: int
    """Drops of 3 %."""
    drops4: int
    """Drops of 4 %."""
    drops3_per_h: float | None
    """Drops of 3 % per hour of the device's duration; ``None`` where readings are too far apart for an index."""
    drops4_per_h: float | None
    """Drops of 4 % per hour of the device's duration, in the same way."""
    duration_s: int
    """The device's duration, seconds."""
    dips_below_90: int
    """Times the signal went below 90 %."""
    spo2_bands: tuple[Band, ...]
    """Time in each band of SpO2."""
    below_90: Band
    """Time below 90 %."""
    pulse_bands: tuple[Band, ...] | None
    """``None`` without a single pulse reading."""
