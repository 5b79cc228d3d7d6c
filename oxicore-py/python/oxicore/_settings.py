"""Definitions, and what an analysis may do differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict

#: Definitions of a desaturation.
Profile = Literal["aasm", "aasm-nested", "viatom", "pobm", "mean120", "mean120-analyzer"]


class AnalysisSettings(TypedDict, total=False):
    """What an analysis may do differently; whatever is left out is as the definition says."""

    require_pulse: bool
    """SpO2 counts only beside a valid pulse; off."""
    max_motion: int | None
    """SpO2 counts only up to this motion, no unit; ``None``: motion does not matter."""
    slope: bool
    """SpO2 that changes faster than 4 % per second does not count; on."""
    spo2_range_pct: tuple[int, int]
    """Lowest and highest SpO2 that counts, percent, both included; (50, 100)."""
    pulse_range_bpm: tuple[int, int]
    """Lowest and highest pulse that counts, beats per minute, both included; (25, 250)."""
    trim_start_s: int
    """Time left out at the start, seconds; 0."""
    trim_end_s: int
    """Time left out at the end, seconds; 0."""
    look_back_s: int
    """How far back the peak is looked for, seconds; 120."""
    min_duration_s: int
    """Shortest event, seconds; 10, and at least 1."""
    max_duration_s: int
    """Longest time to resaturation, seconds; 180."""
    max_gap_s: int
    """Longest missing time that is bridged, seconds; 10."""
    near_pct: int
    """How close to the peak the signal must come back, percent; 1."""
    recovery: Literal["taha", "peak", "fraction"]
    """What ends an event; ``"taha"``."""
    median3: bool
    """Detect on the running median of three readings; off."""
    below_range: Literal["auto", "bridge", "gap"]
    """SpO2 that is missing below the range of this maker's rings is no missing time to an event (``"bridge"``), or is
    (``"gap"``), whatever recorded it; ``"auto"``: bridged in recordings of this maker, not looked for in others."""
    median_readings: Literal[3, 5, 7, 9]
    """Detect on a running median of this number of readings; it switches that on."""
    include_sustained: bool
    """Let desaturations without resaturation count; off."""
    include_truncated: bool
    """Let events cut by a gap or the end count; off."""
    bradycardia_bpm: int
    """A slower pulse is slow, beats per minute; 50."""
    tachycardia_bpm: int
    """A faster pulse is fast, beats per minute; 120."""


@dataclass(frozen=True, slots=True)
class FilterSettings:
    """Which readings were left out."""

    max_motion: int | None
    """``None``: motion does not matter."""
    require_pulse: bool
    """SpO2 counts only beside a valid pulse."""
    slope: bool
    """SpO2 that changes faster than 4 % per second does not count."""
    trim_start_s: int
    """Time left out at the start, seconds."""
    trim_end_s: int
    """Time left out at the end, seconds."""
    spo2_range_pct: tuple[int, ...] = (50, 100)
    """Lowest and highest SpO2 that counts, percent, both included."""
    pulse_range_bpm: tuple[int, ...] = (25, 250)
    """Lowest and highest pulse that counts, beats per minute, both included."""


@dataclass(frozen=True, slots=True)
class AasmSettings:
    """What an event of profile ``aasm`` is."""

    include_sustained: bool
    """Desaturations without resaturation count."""
    include_truncated: bool
    """Events cut by a gap or the end count."""
    look_back_s: int
    """How far back the peak is looked for, seconds."""
    max_duration_s: int
    """Longest time to resaturation, seconds."""
    max_gap_s: int
    """Longest missing time that is bridged, seconds."""
    median3: bool
    """Events are looked for on a running median."""
    min_duration_s: int
    """Shortest event, seconds."""
    near_pct: int
    """How close to the peak the signal must come back, percent."""
    recovery: str
    """What ends an event: ``taha``, ``peak`` or ``fraction``."""
    below_range: str
    """What becomes of SpO2 below the ring's range: ``auto``, ``bridge`` or ``gap``."""
    median_readings: int = 3
    """Readings of that median, where events are looked for on one."""


@dataclass(frozen=True, slots=True)
class PulseSettings:
    """What a slow and a fast pulse is."""

    bradycardia_bpm: int
    """A slower pulse is slow, beats per minute."""
    tachycardia_bpm: int
    """A faster pulse is fast, beats per minute."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the numbers were computed."""

    filter: FilterSettings
    """Which readings were left out."""
    aasm: AasmSettings
    """What an event of profile ``aasm`` is."""
    pulse: PulseSettings
    """What a slow and a fast pulse is."""
