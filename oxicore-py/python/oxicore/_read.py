"""From files to recordings."""

from __future__ import annotations

import os
from collections.abc import Iterable

from . import _core
from ._recording import Recording


def read(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview,
    *,
    file_name: str | None = None,
    interval_s: int | None = None,
) -> Recording:
    """Reads one recording of any known format, EDF included, recognised by its content.

    Args:
        source: path of a file, or the content of one.
        file_name: name of the file when ``source`` is its content. Its 14-digit time stamp settles day-first or
            month-first dates where the text alone does not.
        interval_s: seconds between records, for a file that does not tell.

    Raises:
        ParseError: the content is not a recording; says what is wrong, and where.
        ValueError: ``interval_s`` is below 1, or ``source`` is the text of a file instead of its path.
        OSError: the file cannot be read.

    >>> oxicore.read(oxicore.synthetic_night(hours=1).to_csv())
    <oxicore.Recording csv, 2026-01-02 23:00:00, 900 records every 4 s>
    """
    if isinstance(source, bytes):
        return Recording(source, file_name=file_name, interval_s=interval_s)
    if isinstance(source, (bytearray, memoryview)):
        return Recording(bytes(source), file_name=file_name, interval_s=interval_s)
    path = os.fspath(source)
    if isinstance(path, str):
        _refuse_content(path)
    with open(path, "rb") as file:
        data = file.read()
    return Recording(data, file_name=file_name or os.fsdecode(path), interval_s=interval_s)


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
