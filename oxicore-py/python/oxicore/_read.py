"""From files to recordings."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, Protocol

from . import _core
from ._hints import Column, ColumnChoice, DateOrder, Zone, hints, legible
from ._kinds import BadRow, SkippedRow, skips
from ._recording import Recording
from ._unpack import unpacked


class OpenFile(Protocol):
    """An open file, or whatever is read like one."""

    def read(self) -> bytes | str:
        """All of its content."""


def read(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview | OpenFile,
    *,
    file_name: str | None = None,
    interval_s: int | None = None,
    columns: ColumnChoice | None = None,
    signal: Column | None = None,
    date_order: DateOrder | None = None,
    zone: Zone | None = None,
    on_bad_row: BadRow = "raise",
) -> Recording:
    """Reads one recording of any known format, EDF included, recognised by its content.

    A gzip file, and a zip of one file, is read as what is in it.

    Args:
        source: path of a file, the content of one, or an open file, which is read to its end and not closed.
        file_name: name of the file when ``source`` is not its path. Its 14-digit time stamp settles day-first or
            month-first dates where the text alone does not.
        interval_s: seconds between records, for a file that does not state it.
        columns: which columns of a text, or signals of an EDF, are ``"spo2"``, ``"pulse"``, ``"motion"`` or ``"time"``: each by its
            name in the file, in letters of any case, or by its number, counted from 1. The others are found as always;
            ``night.notices`` says which were read.
        signal: the same for SpO2 alone.
        date_order: ``"day-first"`` or ``"month-first"``, where dates are numbers.
        zone: where the wall clock of the night was: ``"+02:00"``, ``"Europe/Bucharest"``, a ``tzinfo`` or a ``timedelta``. It
            changes the start of files in universal time, or with an offset, and of no others; where the zone changes with the
            season, the whole night has that of its start.
        on_bad_row: ``"raise"``: a row of a text that cannot be read is an error; ``"skip"``: it is left out as if it were
            not there, and reported by ``night.notices.rows_skipped``, :attr:`Recording.skipped_rows` and ``repr``. A file with more such rows than others, or
            more than 1,000, is an error all the same.

    Raises:
        ParseError: the content is not a recording, or has no such column (names those it has), or is an archive with several
            files or none; says what is wrong, and where.
        ValueError: there is no such zone or order, ``interval_s`` is below 1, or ``source`` is the text of a file instead of its path.
        OSError: the file cannot be read.

    >>> oxicore.read(oxicore.synthetic_night(hours=1).to_csv())
    <oxicore.Recording csv, 2026-01-02 23:00:00, 900 records every 4 s>
    >>> two = b"Time,SpO2 A,SpO2 B,Pulse\\n2026-04-03T22:00:00Z,97,88,60\\n2026-04-03T22:00:04Z,97,87,60\\n"
    >>> night = oxicore.read(two, signal="SpO2 B", zone="+03:00")
    >>> night.notices.spo2_label, night.notices.start_source, str(night.start)
    ('SpO2 B', 'converted', '2026-04-04 01:00:00')
    >>> broken = oxicore.synthetic_night(hours=1).to_csv() + b"25:00:00 Jan 03 2026,96,60,0\\n"
    >>> oxicore.read(broken, on_bad_row="skip").skipped_rows[0].line
    902
    """
    data, named = unpacked(*_content(source, file_name))
    name = None if named is None else legible(named)
    left_out: list[tuple[int, str, str]] = []
    if skips(on_bad_row):
        data, left_out = _core.without_bad_rows(data, name, hints(columns, signal, date_order, None))
    return Recording(
        data,
        file_name=name,
        interval_s=interval_s,
        columns=columns,
        signal=signal,
        date_order=date_order,
        zone=zone,
        _skipped=tuple(SkippedRow(*row) for row in left_out),
    )


def _content(source: Any, file_name: str | None) -> tuple[bytes, str | None]:
    """All bytes, and a name where there is one."""
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source), file_name
    if callable(getattr(source, "read", None)):
        return _of_open(source, file_name)
    path = os.fspath(source)
    if isinstance(path, str):
        _refuse_content(path)
    with open(path, "rb") as file:
        return file.read(), file_name or os.fsdecode(path)


def _of_open(file: Any, file_name: str | None) -> tuple[bytes, str | None]:
    """Of a text file the bytes beneath: its encoding and its line ends may be other than those of the recording."""
    name = getattr(file, "name", None)
    content = getattr(file, "buffer", file).read()
    data = content.encode() if isinstance(content, str) else content
    if not isinstance(data, (bytes, bytearray, memoryview)):
        raise TypeError(f"an open file gives bytes or text, not {type(data).__name__}")
    return bytes(data), file_name or (name if isinstance(name, str) else None)


def _refuse_content(path: str) -> None:
    """The text of a file has lines; a name that has them too is one only if the file is there."""
    if ("\n" in path or "\r" in path) and not os.path.exists(path):
        raise ValueError("this is the text of a file, not its path: pass its bytes, read(text.encode())")


def join(parts: Iterable[Recording]) -> Recording:
    """The files of one night as one recording: devices stop at ten hours and go on in a new file.

    A file fetched too early gives way to the longer one that begins with it. It cannot know whether the files are of one
    person: they carry no name. The result has the notices and the skipped rows of all of them.

    Raises:
        ValueError: there is no part, or they are not one night; says why.

    >>> night = oxicore.synthetic_night(hours=2)
    >>> parts = [night[:"2026-01-03T00:00"], night["2026-01-03T00:01":]]
    >>> len(oxicore.join(parts)) == len(night) - 15
    True
    """
    nights = list(parts)
    if not nights:
        raise ValueError("nothing to join")
    return Recording._joined(nights)
