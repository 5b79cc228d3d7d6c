"""From files to recordings."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any, Protocol

from . import _core
from ._recording import BadRow, Recording, SkippedRow, skips
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
    on_bad_row: BadRow = "raise",
) -> Recording:
    """Reads one recording of any known format, EDF included, recognised by its content.

    A gzip file, and a zip of one file, is read as what is in it.

    Args:
        source: path of a file, the content of one, or an open file, which is read to its end and not closed.
        file_name: name of the file when ``source`` is not its path. Its 14-digit time stamp settles day-first or
            month-first dates where the text alone does not.
        interval_s: seconds between records, for a file that does not tell.
        on_bad_row: ``"raise"``: a row of a text that cannot be read is an error; ``"skip"``: it is left out as if it were
            not there, and told by :attr:`Recording.skipped_rows` and ``repr``. A file with more such rows than others, or
            more than 1,000, is an error all the same.

    Raises:
        ParseError: the content is not a recording; says what is wrong, and where.
        ValueError: ``interval_s`` is below 1, ``source`` is the text of a file instead of its path, or an archive with
            several files or none.
        OSError: the file cannot be read.

    >>> oxicore.read(oxicore.synthetic_night(hours=1).to_csv())
    <oxicore.Recording csv, 2026-01-02 23:00:00, 900 records every 4 s>
    >>> broken = oxicore.synthetic_night(hours=1).to_csv() + b"25:00:00 Jan 03 2026,96,60,0\\n"
    >>> oxicore.read(broken, on_bad_row="skip").skipped_rows[0].line
    902
    """
    data, name = unpacked(*_content(source, file_name))
    if not skips(on_bad_row):
        return Recording(data, file_name=name, interval_s=interval_s)
    data, skipped = _core.without_bad_rows(data, name)
    return Recording(data, file_name=name, interval_s=interval_s, _skipped=tuple(SkippedRow(*row) for row in skipped))


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
    person: they carry no name. The result is a recording of format ``"csv"``.

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
    return Recording(_core.join([night._core for night in nights]), interval_s=nights[0].interval_s)
