"""A cohort: many nights, one row each."""

from __future__ import annotations

import functools
import glob
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo
from html import escape
from typing import TYPE_CHECKING, Any, Literal, Protocol

from . import _core
from ._agreement import Agreement, bland_altman
from ._hints import Column, ColumnChoice, DateOrder, Zone, hints, offset_min
from ._kinds import BadRow, WithinMany, skips
from ._notices import noticed
from ._recording import Recording
from ._table import Table
from ._within import chosen_of_nights

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._numbers import AnalysisSettings, Profile


class ProgressBar(Protocol):
    """What a bar of tqdm can do."""

    def update(self, n: int) -> object:
        """``n`` more nights are done."""

    def close(self) -> object:
        """No more will come."""


#: A path, a recording, or a name and the bytes of a file.
Night = str | os.PathLike[str] | Recording | tuple[str | os.PathLike[str], bytes | bytearray | memoryview]
#: Makes a bar for a number of nights (``tqdm`` itself), is such a bar, or is called with how many more are done.
Progress = Callable[..., Any] | ProgressBar


class Cohort(Table):
    """A row for each night, and beside the rows what was asked for: :attr:`events` and :attr:`definitions`.

    >>> nights = [oxicore.synthetic_night(seed, hours=2) for seed in range(3)]
    >>> cohort = oxicore.read_many(nights, definitions="all", events=True)
    >>> cohort.shape[0], cohort.definitions.shape[0]
    (3, 33)
    >>> set(cohort.events["night"]) <= {0, 1, 2}
    True
    """

    __slots__ = ("_definitions", "_events")

    def __init__(self, core: _core.Table, events: Table | None = None, definitions: Table | None = None) -> None:
        super().__init__(core)
        self._events = events
        self._definitions = definitions

    @property
    def events(self) -> Table:
        """The desaturations of all nights by the profile, one row each: ``night`` (the place of the row, from 0),
        ``source``, and the columns of :attr:`Analysis.events`.

        Raises:
            ValueError: they were not asked for.
        """
        return _asked_for(self._events, "events=True")

    @property
    def definitions(self) -> Table:
        """The index of every night by every definition, one row each: ``night`` (the place of the row, from 0),
        ``source``, and the columns of :meth:`Recording.compare`.

        Raises:
            ValueError: they were not asked for.
        """
        return _asked_for(self._definitions, 'definitions="all"')

    def agreement(self, one: Profile, other: Profile, *, threshold_pct: Literal[3, 4] = 3) -> Agreement:
        """How far two definitions agree over the nights (Bland and Altman); see :func:`bland_altman`.

        Args:
            one: whose index.
            other: whose index it is compared with.
            threshold_pct: smallest depth of an event, percent.

        Raises:
            ValueError: ``read_many`` was not asked for ``definitions="all"``, or a profile has no such index.

        >>> nights = [oxicore.synthetic_night(seed, hours=2) for seed in range(3)]
        >>> oxicore.read_many(nights, definitions="all").agreement("aasm", "mean120").names
        ('aasm', 'mean120')
        """
        numbers = (self._per_h(one, threshold_pct), self._per_h(other, threshold_pct))
        return bland_altman(*numbers, names=(one, other), unit=f"desaturations of {threshold_pct} % per hour")

    def _per_h(self, profile: str, threshold_pct: int) -> list[float | None]:
        """Of each night that was read, in order."""
        rows = [row for row in self.definitions if (row["profile"], row["threshold_pct"]) == (profile, threshold_pct)]
        if not rows and len(self.definitions):
            raise ValueError(f"profile {profile!r} has no index at {threshold_pct} %")
        return [row["per_h"] for row in rows]

    def __reduce__(self) -> tuple[Any, ...]:
        return (_cohort, (Table(self._core), self._events, self._definitions))

    def __repr__(self) -> str:
        return "\n".join([super().__repr__(), *_below(self)])

    def _repr_html_(self) -> str:
        return super()._repr_html_() + "".join(f"<p>{escape(line)}</p>" for line in _below(self))


#: More nights than this do not stand below a table.
_NAMED = 4


def _below(nights: Table) -> list[str]:
    """A line for each night of which something was noticed, and for each that could not be read."""
    lines = []
    for row in nights:
        words = [row["error"]] if row["error"] else noticed(row)
        lines += [f"{row['source']}: {'; '.join(words)}"] if words else []
    more = len(lines) - _NAMED
    return [*lines[:_NAMED], *([f"... {more} more nights with notices or errors"] if more > 0 else [])]


def _cohort(rows: Table, events: Table | None, definitions: Table | None) -> Cohort:
    return Cohort(rows._core, events, definitions)


def _asked_for(table: Table | None, how: str) -> Table:
    if table is None:
        raise ValueError(f"these were not asked for: read_many(..., {how})")
    return table


class CohortInterrupted(KeyboardInterrupt):
    """A cohort was given up (Ctrl-C); the nights that were finished by then are in :attr:`finished`.

    >>> def stop(done: int) -> None:
    ...     raise KeyboardInterrupt
    >>> try:
    ...     oxicore.read_many([oxicore.synthetic_night(hours=1)], progress=stop)
    ... except oxicore.CohortInterrupted as interrupted:
    ...     len(interrupted.finished)
    1
    """

    #: The rows of the finished nights, in the order given.
    finished: Cohort

    def __init__(self, finished: Cohort, total: int) -> None:
        super().__init__(f"{len(finished)} of {total} nights are finished; this exception has their rows: .finished")
        self.finished = finished
        self._total = total

    def __reduce__(self) -> tuple[Any, ...]:
        return (CohortInterrupted, (self.finished, self._total))


def read_many(
    nights: str | os.PathLike[str] | Recording | Iterable[Night],
    *,
    profile: Profile = "aasm",
    definitions: Literal["all"] | None = None,
    events: bool = False,
    listed_pct: int = 3,
    within: WithinMany | None = None,
    columns: ColumnChoice | None = None,
    signal: Column | None = None,
    date_order: DateOrder | None = None,
    zone: Zone | None = None,
    on_bad_row: BadRow = "raise",
    workers: int | None = None,
    progress: Progress | None = None,
    **settings: Unpack[AnalysisSettings],
) -> Cohort:
    """Reads and analyses many nights at once; one row a night, in order.

    A night that cannot be read is a row with its ``error``, and its numbers are missing: nothing is lost, nothing is
    raised, except for a single text that is neither a file nor a folder and fits no file. Memory does not grow with the
    nights beyond their rows. What each column says: :func:`column_dictionary`.

    Args:
        nights: a folder (all its files, those of its folders too, that are not hidden), a glob pattern, one path or
            recording, or many: paths, recordings (which are not read again), and names with the bytes of a file. A gzip file, and
            a zip of one file, is read as what is in it.
        profile: whose definition makes the columns ``odi3_…``, ``odi4_…`` and ``denominator…``. ``"aasm-nested"`` has no
            index at 3 %, and only ``"aasm"`` has those that are sustained, truncated, or per hour of recording.
        definitions: ``"all"``: also the index by every definition, in :attr:`Cohort.definitions`.
        events: also every desaturation of the profile, in :attr:`Cohort.events`.
        listed_pct: smallest depth of these events, 2 to 10 percent; of ``"aasm-nested"`` it is 4.
        within: the parts that count, as for :meth:`Recording.analyze`: for all nights, or a mapping that has them for each
            night by its path or name, and ``None`` for a night of which all counts. A night whose parts cannot be its parts
            is a row with its error; the column ``settings`` has the parts of each.
        columns, signal, date_order: as for :func:`read`, for each file; recordings stay as they were read.
        zone: the same, but the same offset for all nights (``"+02:00"``): for a zone that changes with the season read each.
        on_bad_row: as for :func:`read`; here ``"raise"`` makes the night a row with its error, and ``rows_skipped`` says how
            many rows were left out.
        workers: threads, at least 1; as many as there are processors.
        progress: ``tqdm`` itself, also with options (``functools.partial(tqdm, desc="nights")``), a bar that is there
            already, or a function that is called with how many more nights are done.
        settings: as for :meth:`Recording.analyze`; every row says which are not the defaults.

    Raises:
        ValueError: there is no such profile, it does not use a setting that is given, ``workers`` or a setting is out of
            range, or ``within`` lacks a night or has another.
        TypeError: there is no such setting, or one of the nights is not what a night can be.
        FileNotFoundError: ``nights`` is one path or pattern, and no file is at it, in it, or fits it. One of many is a row
            with its error.
        CohortInterrupted: Ctrl-C; it has the rows of the nights that were finished.

    >>> nights = [(f"night {seed}", oxicore.synthetic_night(seed).to_csv()) for seed in range(3)]
    >>> table = oxicore.read_many([*nights, ("zeros", bytes(100))])
    >>> len(table), table.column("error_code")
    (4, [None, None, None, 'unknown-format'])
    """
    if definitions not in (None, "all"):
        raise ValueError(f"definitions must be 'all' or None, not {definitions!r}")
    spec = hints(columns, signal, date_order, _fixed(zone))
    given = [_item(night) for night in listed(nights)]
    parts = chosen_of_nights(within, [name for name, *_ in given])
    items = [(*item, part) for item, part in zip(given, parts, strict=True)]
    threads = _threads(workers, len(items))
    report, bar = _reporter(progress, len(items))
    lists = (events, definitions is not None)
    try:
        rows, found, compared, ended = _core.read_many(
            items, profile, listed_pct, dict(settings), threads, report, lists, skips(on_bad_row), spec
        )
    finally:
        if bar is not None:
            bar.close()
    cohort = Cohort(rows, Table(found) if events else None, Table(compared) if definitions else None)
    if isinstance(ended, KeyboardInterrupt):
        raise CohortInterrupted(cohort, len(items)) from ended
    if ended is not None:
        raise ended
    return cohort


def _fixed(zone: Zone | None) -> int | None:
    offset = offset_min(zone)
    if isinstance(offset, tzinfo):
        raise ValueError(
            f"{zone} has another offset in another season: give one such as '+02:00', "
            "or the recordings: read_many(oxicore.read(path, zone=...) for path in paths)"
        )
    return offset


def _threads(workers: int | None, nights: int) -> int:
    """No more threads than nights."""
    if workers is not None and workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    return min(workers or os.cpu_count() or 1, max(nights, 1))


def listed(nights: str | os.PathLike[str] | Recording | Iterable[Night]) -> Iterable[Night]:
    """Each night of a folder, a pattern, or whatever holds nights.

    Raises:
        FileNotFoundError: the folder is not there or has no file, or the pattern fits none.
    """
    if isinstance(nights, Recording):
        return [nights]
    if not isinstance(nights, (str, os.PathLike)):
        return nights
    place = os.fspath(nights)
    if os.path.isdir(place):
        found = sorted(_walked(place, {os.path.realpath(place)}))
        if not found:
            raise FileNotFoundError(f"no file is in the folder {place!r} or the folders in it")
        return found
    if os.path.exists(place):
        return [place]
    found = sorted(path for path in glob.glob(place, recursive=True) if _is_file_or_gone(path))
    if not found:
        raise FileNotFoundError(f"no file is at, or fits, {place!r}")
    return found


def _walked(folder: str, seen: set[str]) -> Iterator[str]:
    """The files below a folder that are not hidden, each folder once by whatever links lead to it."""
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        if not entry.is_dir():
            yield entry.path
        elif (place := os.path.realpath(entry.path)) not in seen:
            seen.add(place)
            yield from _walked(entry.path, seen)


def _is_file_or_gone(path: str) -> bool:
    """A link that leads nowhere is a night that cannot be read: it is a row with its error, not left out."""
    return os.path.isfile(path) or not os.path.exists(path)


def _item(night: Night) -> tuple[str, bytes | None, _core.Recording | None]:
    if isinstance(night, Recording):
        return (night._name, None, night._core)
    if isinstance(night, tuple) and len(night) == 2 and isinstance(night[1], (bytes, bytearray, memoryview)):
        name, content = night
        return (os.fsdecode(name), bytes(content), None)
    if isinstance(night, (str, os.PathLike)):
        return (os.fsdecode(night), None, None)
    raise TypeError(f"a night is a path, a recording, or a name with the bytes of a file, not {night!r:.80}")


def _reporter(progress: Progress | None, total: int) -> tuple[Callable[[int], object] | None, ProgressBar | None]:
    """What is called with how many more are done, and the bar that is to be closed."""
    maker = progress.func if isinstance(progress, functools.partial) else progress
    if progress is None:
        return None, None
    if isinstance(maker, type) and callable(progress):
        bar: ProgressBar = progress(total=total)
        return bar.update, bar
    report = progress if callable(progress) else getattr(progress, "update", None)
    if not callable(report):
        raise TypeError(f"progress must be tqdm, a bar, or a function of how many more are done, not {progress!r}")
    return report, None
