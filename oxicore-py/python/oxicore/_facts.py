"""What a file says of itself, and what was noticed while reading it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordingFacts:
    """What the file says of itself."""

    format: str
    """Kind of file."""
    start: str | None
    """Wall clock of the first record, ISO 8601 without a zone; ``None`` where neither the file nor its name
    states it."""
    interval_s: int
    """Sampling interval, seconds: the most frequent step between records."""
    records: int
    """Records, missing readings included."""
    recording_s: int
    """First record to the end of the last one, seconds."""


@dataclass(frozen=True, slots=True)
class Device:
    """What the device itself computed and stored in the file, passed through as it is."""

    duration_s: int | None
    """Duration, seconds."""
    mean_pct: int | None
    """Mean SpO2, percent."""
    min_pct: int | None
    """Lowest SpO2, percent."""
    drops3: int
    """Drops of 3 %."""
    drops4: int
    """Drops of 4 %."""
    below_90_pct: int
    """Time below 90 %, percent."""
    below_90_s: int
    """Time below 90 %, seconds."""
    dips_below_90: int
    """Times the signal went below 90 %."""
    score_tenths: int | None
    """O2 score times ten."""
    mean_bpm: int | None
    """Mean pulse, beats per minute."""


@dataclass(frozen=True, slots=True)
class Notices:
    """What was noticed while reading the file."""

    date_order_rule: str | None
    """``"unambiguous"``, ``"chosen"``, ``"component-above12"``, ``"midnight"``, ``"file-name"``,
    ``"assumed-month-first"`` or ``"assumed-day-first"``; ``None`` for binaries."""
    rows_dropped: int
    """Headers among the rows."""
    rows_skipped: int
    """Rows that could not be read and were left out, as was asked for: which, says :attr:`Recording.skipped_rows`."""
    rows_retimed: int
    """Rows whose clock stood still or ran backwards."""
    truncated_bytes: int
    """Bytes that a binary is short of, or of a text's unfinished last line."""
    interval_assumed: bool
    """The file does not state its interval."""
    duplicates_removed: int
    """Records that were stored twice."""
    not_finalised: bool
    """The device had not finished the file."""
    checksum_mismatch: bool
    """The stored checksum is not that of the bytes."""
    start_source: str
    """``"recorded"``, ``"universal"``, ``"converted"`` (by the zone that was given), ``"file-name"``,
    ``"file-name-utc"`` or ``"unknown"``."""
    countdown_records: int
    """Records without any reading at the very end."""
    interval_too_coarse: bool
    """SpO2 comes less often than every 10 s: there is no index."""
    rounded_readings: int
    """Readings of SpO2 with a fraction of a percent, which were rounded."""
    largest_rounding_pct: float
    """By how much at most, percent."""
    clock_unset_rows: int
    """Rows written before the device's clock was set."""
    readings_skipped: int
    """Readings between whole seconds that were passed over."""
    rows_spread: int
    """Rows of one clock reading that were spread over its time."""
    rows_without_time: int
    """Rows without a time, placed after the row before."""
    lines_skipped: int
    """Lines above the names of the columns."""
    unread_bytes: int
    """Bytes after everything the file declares."""
    signals_left_out: int
    """Signals whose description cannot be true."""
    spo2_label: str | None
    """Name of the column or signal read as SpO2; ``None`` where there is none, and for what the apps of this
    maker's rings always write."""
    pulse_label: str | None
    """The same for the pulse."""
    spo2_like_pulse: bool
    """What the file calls SpO2 moves like a pulse."""
    record_size_doubtful: bool
    """The length of the file fits records of another size."""
    start_doubtful: bool
    """Two fields of the file give different days."""
    clock_doubtful: bool
    """The clock stood still or ran back in a twentieth of the rows or more."""
