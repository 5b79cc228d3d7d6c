"""A cohort: many nights, one row each."""

from __future__ import annotations

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
Night = str | os.PathLike[str] | Recording | tuple[str, bytes]
#: Makes a bar for so many nights (``tqdm`` itself), or is told how many more are done.
Progress = Callable[..., Any]


def read_many(
    nights: str | os.PathLike[str] | Iterable[Night],
    *,
    profile: Profile = "aasm",
    workers: int | None = None,
    progress: Progress | None = None,
    **settings: Unpack[AnalysisSettings],
) -> Table:
    """Reads and analyses many nights at once; one row a night, in order.

    A night that cannot be read is a row with its ``error``, and its numbers are missing: nothing is lost, nothing is
    raised. Memory does not grow with the nights beyond their rows.

    Args:
        nights: a folder (all its files), a glob pattern, or paths, recordings, and names with the bytes of a file.
        profile: whose definition makes the columns ``odi3_…``, ``odi4_…`` and ``denominator…``.
        workers: threads; as many as there are processors.
        progress: ``tqdm`` itself, or a function that is told how many more nights are done, as ``bar.update`` is.
        settings: as for :meth:`Recording.analyze`.

    Raises:
        ValueError: there is no such profile, or a setting is out of range.
        FileNotFoundError: the folder is not there, or the pattern fits no file.

    >>> nights = [(f"night {seed}", oxicore.synthetic_night(seed).to_csv()) for seed in range(3)]
    >>> table = oxicore.read_many([*nights, ("zeros", bytes(100))])
    >>> len(table), table.column("error_code")
    (4, [None, None, None, 'unknown-format'])
    """
    items = [_item(night) for night in _listed(nights)]
    told, bar = _teller(progress, len(items))
    try:
        threads = workers or os.cpu_count() or 1
        return Table(_core.read_many(items, profile, dict(settings), threads, told))
    finally:
        if bar is not None:
            bar.close()


def _listed(nights: str | os.PathLike[str] | Iterable[Night]) -> Iterable[Night]:
    if not isinstance(nights, (str, os.PathLike)):
        return nights
    place = os.fspath(nights)
    if os.path.isdir(place):
        return sorted(entry.path for entry in os.scandir(place) if entry.is_file())
    if os.path.exists(place):
        return [place]
    found = sorted(path for path in glob.glob(place, recursive=True) if os.path.isfile(path))
    if not found:
        raise FileNotFoundError(f"no file is at, or fits, {place!r}")
    return found


def _item(night: Night) -> tuple[str, bytes | None, int | None]:
    if isinstance(night, Recording):
        data, file_name, interval_s = night._made_from
        return (file_name or f"recording of {night.start.isoformat(sep=' ')}", data, interval_s)
    if isinstance(night, tuple):
        name, data = night
        return (name, data, None)
    return (os.fspath(night), None, None)


def _teller(progress: Progress | None, total: int) -> tuple[Callable[[int], object] | None, ProgressBar | None]:
    if isinstance(progress, type):
        bar: ProgressBar = progress(total=total)
        return bar.update, bar
    return progress, None
