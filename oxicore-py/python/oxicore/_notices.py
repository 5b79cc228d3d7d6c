"""What was noticed while reading, in a few words for a line below a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Words for each notice: for a count or a flag, shown unless it is 0 or false; or for each of the names that is not as usual.
_WORDS: dict[str, str | dict[str, str]] = {
    "date_order_rule": {
        "assumed-day-first": "dates ambiguous, assumed day first",
        "assumed-month-first": "dates ambiguous, assumed month first",
    },
    "start_source": {
        "universal": "start in universal time",
        "converted": "start converted from universal time",
        "file-name": "start assumed from the file name",
        "file-name-utc": "start from the file name, in universal time",
        "unknown": "start not known, 1970 assumed",
    },
    "clock_unset_rows": "{} row{s} before the clock was set",
    "rows_skipped": "{} row{s} that cannot be read skipped",
    "rows_retimed": "{} row{s} with a clock that stood still or ran backwards",
    "rows_dropped": "{} header{s} among the rows",
    "duplicates_removed": "{} record{s} stored twice",
    "readings_skipped": "{} reading{s} between whole seconds passed over",
    "truncated_bytes": "{} byte{s} missing",
    "not_finalised": "not finished by the device",
    "checksum_mismatch": "checksum is not that of the bytes",
    "interval_assumed": "interval assumed, not stated by the file",
    "below_range_readings": "{} reading{s} below the range of the ring",
    "interval_too_coarse": "readings more than 10 s apart, no index",
    "rounded_readings": "{} SpO2 reading{s} rounded to whole percents",
    "largest_rounding_pct": "rounded by {} % at most",
    "countdown_records": "{} record{s} without a reading at the end",
    "rows_spread": "{} row{s} of one clock reading spread over its time",
    "rows_without_time": "{} row{s} without a time",
    "lines_skipped": "{} line{s} above the column names",
    "unread_bytes": "{} byte{s} after the declared records not read",
    "signals_left_out": "{} signal{s} left out",
    "spo2_label": "SpO2 read from {!r}",
    "pulse_label": "pulse read from {!r}",
    "spo2_like_pulse": "SpO2 moves like a pulse",
    "record_size_doubtful": "length fits records of another size",
    "start_doubtful": "two fields give different days, the usual one assumed",
    "clock_doubtful": "the clock often stood still or ran back, times assumed",
}
#: A text has these bytes; a binary is short of them.
_CUT_TEXT = "{} byte{s} of a last line that is cut off"


def noticed(row: Mapping[str, Any]) -> list[str]:
    """What a row of :func:`oxicore.read_many` says of reading its file; nothing where all is as usual.

    >>> from oxicore._notices import noticed
    >>> noticed({"format": "legacy", "truncated_bytes": 2_000, "not_finalised": False, "start_source": "unknown"})
    ['start not known, 1970 assumed', '2000 bytes missing']
    """
    words = [_words(row, name, row.get(name)) for name in _WORDS]
    return [one for one in words if one is not None]


def _words(row: Mapping[str, Any], name: str, value: Any) -> str | None:
    words = _WORDS[name]
    if isinstance(words, dict):
        return words.get(value)
    if name == "truncated_bytes" and row["format"] == "csv":
        words = _CUT_TEXT
    return words.format(value, s="" if value == 1 else "s") if value else None
