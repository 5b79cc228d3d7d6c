"""A cohort: many nights, one row each."""

from __future__ import annotations

import functools
import glob
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol

from . import _core
from ._recording import Recording
from ._table import Table

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._numbers import AnalysisSettings, Profile


class ProgressBar(Protocol):
    """What a bar of tqdm can do."""

    def update(self, n: int) -> object:
        """So many more are done."""

    def close(self) -> object:
        """No more will come."""


#: A path, a recording, or a name and the bytes of a file.
Night = str | os.PathLike[str] | Recording | tuple[str | os.PathLike[str], bytes | bytearray | memoryview]
#: Makes a bar for so many nights (``tqdm`` itself), is such a bar, or is told how many more are done.
Progress = Callable[..., Any] | ProgressBar


def read_many(
    nights: str | os.PathLike[str] | Recording | Iterable[Night],
    *,
    profile: Profile = "aasm",
    workers: int | None = None,
    progress: Progress | None = None,
    **settings: Unpack[AnalysisSettings],
) -> Table:
    """Reads and analyses many nights at once; one row a night, in order.

    A night that cannot be read is a row with its ``error``, and its numbers are missing: nothing is lost, nothing is
    raised, except for a single text that is neither a file nor a folder and fits no file. Memory does not grow with the
    nights beyond their rows.

    Args:
        nights: a folder (all its files that are not hidden), a glob pattern, one path or recording, or many: paths, recordings, and names with
            the bytes of a file.
        profile: whose definition makes the columns ``odi3_…``, ``odi4_…`` and ``denominator…``. ``"aasm-nested"`` has no
            index at 3 %, and only ``"aasm"`` has ``odi3_per_h_of_recording`` and ``odi4_per_h_of_recording``.
        workers: threads, at least 1; as many as there are processors.
        progress: ``tqdm`` itself, also with options (``functools.partial(tqdm, desc="nights")``), a bar that is there
            already, or a function that is told how many more nights are done.
        settings: as for :meth:`Recording.analyze`.

    Raises:
        ValueError: there is no such profile, or ``workers`` or a setting is out of range.
        TypeError: there is no such setting, or one of the nights is not what a night can be.
        FileNotFoundError: ``nights`` is one path or pattern, and no file is at it or fits it. One of many is a row with
            its error.

    >>> nights = [(f"night {seed}", oxicore.synthetic_night(seed).to_csv()) for seed in range(3)]
    >>> table = oxicore.read_many([*nights, ("zeros", bytes(100))])
    >>> len(table), table.column("error_code")
    (4, [None, None, None, 'unknown-format'])
    """
    items = [_item(night) for night in listed(nights)]
    threads = _threads(workers, len(items))
    told, bar = _teller(progress, len(items))
    try:
        return Table(_core.read_many(items, profile, dict(settings), threads, told))
    finally:
        if bar is not None:
            bar.close()


def _threads(workers: int | None, nights: int) -> int:
    """No more threads than nights."""
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    return min(workers or os.cpu_count() or 1, max(nights, 1))


def listed(nights: str | os.PathLike[str] | Recording | Iterable[Night]) -> Iterable[Night]:
    """Each night of a folder, a pattern, or whatever holds nights.

    Raises:
        FileNotFoundError: the folder is not there, or the pattern fits no file.
    """
    if isinstance(nights, Recording):
        return [nights]
    if not isinstance(nights, (str, os.PathLike)):
        return nights
    place = os.fspath(nights)
    if os.path.isdir(place):
        seen = (entry.path for entry in os.scandir(place) if not entry.name.startswith("."))
        return sorted(path for path in seen if _is_file_or_gone(path))
    if os.path.exists(place):
        return [place]
    found = sorted(path for path in glob.glob(place, recursive=True) if _is_file_or_gone(path))
    if not found:
        raise FileNotFoundError(f"no file is at, or fits, {place!r}")
    return found


def _is_file_or_gone(path: str) -> bool:
    """A link that leads nowhere is a night that cannot be read: it is told, not left out."""
    return os.path.isfile(path) or not os.path.exists(path)


def _item(night: Night) -> tuple[str, bytes | None, int | None, str | None]:
    if isinstance(night, Recording):
        data, file_name, interval_s, part_of = night._made_from
        return (file_name or f"recording of {night.start.isoformat(sep=' ')}", data, interval_s, part_of)
    if isinstance(night, tuple) and len(night) == 2 and isinstance(night[1], (bytes, bytearray, memoryview)):
        name, content = night
        return (os.fsdecode(name), bytes(content), None, None)
    if isinstance(night, (str, os.PathLike)):
        return (os.fsdecode(night), None, None, None)
    raise TypeError(f"a night is a path, a recording, or a name with the bytes of a file, not {night!r:.80}")


def _teller(progress: Progress | None, total: int) -> tuple[Callable[[int], object] | None, ProgressBar | None]:
    """What is told how many more are done, and the bar that is to be closed."""
    maker = progress.func if isinstance(progress, functools.partial) else progress
    if progress is None:
        return None, None
    if isinstance(maker, type) and callable(progress):
        bar: ProgressBar = progress(total=total)
        return bar.update, bar
    told = progress if callable(progress) else getattr(progress, "update", None)
    if not callable(told):
        raise TypeError(f"progress must be tqdm, a bar, or a function of how many more are done, not {progress!r}")
    return told, None
