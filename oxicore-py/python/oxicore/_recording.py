"""One recorded night."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from . import _core, _indices
from ._analysis import Analysis
from ._arrays import text_of
from ._clock import elapsed
from ._columns import Columns, Readings, Times, columns_of, with_nan
from ._desaturations import Desaturations
from ._frames import NAMES, columns_of_pandas, of_pandas, of_xarray
from ._hints import Column, ColumnChoice, DateOrder, Hints, Zone, hints, legible, minutes_at, offset_min
from ._numbers import Device, Notices, Profile, Supplement
from ._plain import build
from ._table import Table, facts_html
from ._within import Parts, parts_of

if TYPE_CHECKING:
    import pandas
    import polars
    import xarray
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike
    from typing_extensions import Unpack

    from ._numbers import AnalysisSettings

#: A bound of a slice: wall clock, the same as ISO 8601 text, or time since the first record.
Moment = datetime | date | np.datetime64 | str | timedelta | np.timedelta64
#: Parts of a night: pairs of moments, or a truth value for each record.
Within = Iterable[tuple[Moment, Moment]] | Iterable[bool] | np.ndarray[Any, np.dtype[np.bool_]]
#: What becomes of a text with rows that cannot be read.
BadRow = Literal["raise", "skip"]


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row of a text that could not be read and was left out."""

    #: Line of the file, from 1.
    line: int
    #: Stable name of the fault, as of :class:`ParseError`.
    code: str
    #: What is wrong with it.
    message: str


def skips(on_bad_row: BadRow) -> bool:
    """Whether rows that cannot be read are left out.

    Raises:
        ValueError: it is neither "raise" nor "skip".
    """
    if on_bad_row not in ("raise", "skip"):
        raise ValueError(f"on_bad_row must be 'raise' or 'skip', not {on_bad_row!r}")
    return on_bad_row == "skip"


class Recording:
    """One night as the device recorded it; made by :func:`read` or :meth:`from_arrays`, never changed.

    >>> night = oxicore.synthetic_night(hours=8)
    >>> len(night), night.interval_s
    (7200, 4)
    >>> night.spo2.dtype, night.time.dtype
    (dtype('int16'), dtype('<M8[s]'))
    >>> evening = night[:"2026-01-03T00:00"]     # slices are by time
    >>> evening.recording_s
    3600
    """

    def __init__(
        self,
        data: bytes,
        *,
        file_name: str | None = None,
        interval_s: int | None = None,
        columns: ColumnChoice | None = None,
        signal: Column | None = None,
        date_order: DateOrder | None = None,
        zone: Zone | None = None,
        _part_of: str | None = None,
        _skipped: tuple[SkippedRow, ...] = (),
    ) -> None:
        if interval_s is not None and not 0 < interval_s < 2**32:
            raise ValueError(f"interval_s must be between 1 and {2**32 - 1}, not {interval_s}")
        name = None if file_name is None else legible(file_name)
        offset = offset_min(zone)
        if isinstance(offset, tzinfo):
            universal = _core.Recording(data, name, interval_s, _part_of, hints(columns, signal, date_order, 0)).start
            offset = minutes_at(offset, universal)
        self._made_from = (data, name, interval_s, _part_of, hints(columns, signal, date_order, offset))
        self._core = _core.Recording(*self._made_from)
        self._skipped = _skipped

    @classmethod
    def from_arrays(
        cls,
        time: ArrayLike,
        spo2: ArrayLike,
        pulse: ArrayLike | None = None,
        motion: ArrayLike | None = None,
        *,
        start: datetime | None = None,
    ) -> Recording:
        """A night from arrays, one entry a record.

        Missing readings are NaN, ``None`` or masked; 0, 127 and 255 in ``spo2``, and 0, 255 and 65535 in ``pulse``, are
        what devices write for a missing reading, and are read so, as is -32000, which lies beneath the masks of a night. Readings are rounded to the nearest whole number.

        Args:
            time: wall clock (``datetime64``, ``datetime`` or ISO 8601 text), or seconds since ``start``; each
                entry a later second than the one before, the first at most 366 days after ``start``. Fractions of a second
                are rounded, counted from the first record. Where records are missing, leave them out. Of times with a zone
                the first gives the wall clock, in its own zone, and from there on counts what really passed: an hour that
                clocks repeat in autumn is kept, one that they leave out in spring makes no gap.
            spo2: percent, 1 to 100.
            pulse: beats per minute, 1 to 300.
            motion: no unit, 0 to 255.
            start: what seconds count from, without a zone; without it 2000-01-01T00:00:00.

        Raises:
            ValueError: lengths differ, a time does not grow, only some have a zone, times are seconds since 1970, records
                come more often than once a second or not in whole seconds, or a number cannot be a reading.
            TypeError: ``start`` has a zone.

        >>> import numpy as np
        >>> night = oxicore.Recording.from_arrays(np.arange(0, 3600, 4), np.full(900, 96.0))
        >>> night.analyze().aasm.odi3.per_h
        0.0
        """
        return cls(text_of(time, spo2, pulse, motion, start))

    @classmethod
    def from_pandas(
        cls,
        frame: pandas.DataFrame,
        *,
        time: str | None = None,
        spo2: str = "spo2_pct",
        pulse: str | None = None,
        motion: str | None = None,
        start: datetime | None = None,
    ) -> Recording:
        """A night from a pandas data frame, one row a record; the columns of :meth:`to_pandas` by their names.

        Args:
            frame: the records, in order of time.
            time: column of the times, of every kind that :meth:`from_arrays` takes; without it ``"time"``, or the index if
                that is one of moments.
            spo2: column of the SpO2.
            pulse: column of the pulse; without it ``"pulse_bpm"`` if there is one.
            motion: column of the motion; without it ``"motion"`` if there is one.
            start: as for :meth:`from_arrays`.

        Raises:
            ValueError: there is no such column (names those there are), or as :meth:`from_arrays`.
            TypeError: ``start`` has a zone.

        >>> night = oxicore.synthetic_night()
        >>> oxicore.Recording.from_pandas(night.to_pandas()).analyze().aasm == night.analyze().aasm
        True
        """
        return cls.from_arrays(*columns_of_pandas(frame, time, spo2, pulse, motion), start=start)

    @property
    def _name(self) -> str:
        """What it is called in a table."""
        return self._made_from[1] or f"recording of {self.start.isoformat(sep=' ')}"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_again, (*self._made_from, self._skipped))

    def __len__(self) -> int:
        """Number of records, missing readings included; at least 1."""
        return len(self._core)

    def __repr__(self) -> str:
        skipped = f", {len(self._skipped)} rows skipped" if self._skipped else ""
        return (
            f"<oxicore.Recording {self.format}, {self.start.isoformat(sep=' ')}, "
            f"{len(self)} records every {self.interval_s} s{skipped}>"
        )

    def _repr_html_(self) -> str:
        from ._svg import picture

        analysis = self.analyze()
        facts = {
            "Start": self.start.isoformat(sep=" "),
            "Recorded (h)": self.recording_s / 3_600,
            "Valid (h)": analysis.quality.valid_s / 3_600,
            "ODI3 (/h, aasm)": analysis.aasm.odi3.per_h,
            "T90 (%)": analysis.spo2.below_90_pct if analysis.spo2 else None,
        }
        svg = picture(self.reduce(720), self.recording_s, analysis.desaturations)
        return f"<div>{svg}{facts_html(facts)}</div>"

    @property
    def format(self) -> Literal["csv", "legacy", "oxyii", "pod2", "edf", "contec", "choicemmed"]:
        """Kind of file; a part of a night, and a night from arrays, are ``"csv"``."""
        return self._core.format

    @property
    def start(self) -> datetime:
        """Wall clock of the first record as the device had it, without a time zone."""
        return self._core.start

    @property
    def interval_s(self) -> int:
        """Sampling interval, seconds: the most frequent step between records."""
        return self._core.interval_s

    @property
    def recording_s(self) -> int:
        """Time from the first record to the end of the last one, seconds."""
        return self._core.recording_s

    @cached_property
    def _facts(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self._core.facts())
        return facts

    @property
    def device(self) -> Device | None:
        """What the device itself computed; ``None`` where the file stores nothing of it."""
        device = self._facts["device"]
        return None if device is None else build(Device, device)

    @property
    def notices(self) -> Notices:
        """What was noticed while reading the file; a part of a night has the notices of the whole file, but counts
        ``countdown_records`` and ``sub_range_readings`` of its own."""
        return build(Notices, self._facts["notices"])

    @property
    def skipped_rows(self) -> tuple[SkippedRow, ...]:
        """Rows that could not be read and were left out, by ``read(..., on_bad_row="skip")``; of a part those of the file."""
        return self._skipped

    @cached_property
    def _columns(self) -> Columns:
        return columns_of(self._core)

    @property
    def time(self) -> Times:
        """Wall clock of every record, ``datetime64[s]``, read-only."""
        return self._columns.time

    @property
    def spo2(self) -> Readings:
        """SpO2 of every record, percent, ``int16``, read-only; missing readings are masked (-32000 beneath)."""
        return self._columns.spo2

    @property
    def pulse(self) -> Readings:
        """Pulse of every record, beats per minute, ``int16``, read-only; missing readings are masked (-32000 beneath)."""
        return self._columns.pulse

    @property
    def motion(self) -> Readings:
        """Motion of every record, no unit, ``int16``, read-only; masked throughout if the file has no such column."""
        return self._columns.motion

    def __getitem__(self, part: slice) -> Recording:
        """Part of the night, from the first bound up to, not including, the second.

        Bounds are wall clock (``datetime``, ``date``, ``datetime64``, ISO 8601 text) or time since the first record
        (``timedelta``, ``timedelta64``); either may be left out. What the device computed of the whole night is not part
        of it.

        Raises:
            ValueError: the part has no record, or too few to tell the interval; a bound is text that is no time.
            TypeError: a bound is not a time, or the slice has a step.

        >>> from datetime import timedelta
        >>> oxicore.synthetic_night()[timedelta(hours=1):timedelta(hours=2)].recording_s
        3600
        """
        if not isinstance(part, slice) or part.step is not None:
            raise TypeError("a recording is cut by time: night[begin:end]")
        begin = 0 if part.start is None else max(self._elapsed_s(part.start), 0)
        end = self.recording_s if part.stop is None else min(max(self._elapsed_s(part.stop), 0), self.recording_s)
        text = self._core.between(begin, end)
        if text is None:
            raise ValueError(f"no record between {part.start} and {part.stop}; the night has {self.recording_s} s from {self.start}")
        made = Recording(text, interval_s=self.interval_s, _part_of=json.dumps(self._facts["notices"]), _skipped=self._skipped)
        if made.interval_s != self.interval_s:
            raise ValueError(f"the part between {part.start} and {part.stop} has too few records to tell its interval")
        return made

    def _elapsed_s(self, bound: object) -> int:
        """Seconds since the first record, rounded up: a record belongs to the part if it is at or after the bound."""
        return -(-elapsed(bound, self.start) // timedelta(seconds=1))

    def analyze(
        self,
        profile: Profile = "aasm",
        *,
        listed_pct: Literal[3, 4] = 3,
        within: Within | None = None,
        **settings: Unpack[AnalysisSettings],
    ) -> Analysis:
        """All numbers of the night, and its desaturations.

        Args:
            profile: whose definition of a desaturation makes :attr:`Analysis.index3` and :attr:`Analysis.index4`. Those
                listed, in ``desaturations`` and ``events``, are always those of ``"aasm"``.
            listed_pct: smallest depth of the listed events, percent.
            within: the parts of the night that count, as pairs of moments (of the kinds that slices take), or as a mask
                with a truth value for each record (sleep epochs, say). The rest is no missing reading and no gap: its
                records are ``quality.trimmed``, shares and rates of the recording are those of the parts, and an event
                ends where more time than is bridged is left out. Hours and halves are those of the night; ``viatom`` and
                ``device`` speak of all of it. Profiles of whole recordings have none: ``"aasm"`` and ``"aasm-nested"``.
            settings: what differs from the definition, by the names of :class:`AnalysisSettings`; the result carries it.

        Raises:
            ValueError: there is no such profile, a setting is out of range, or ``within`` is of parts that overlap, are
                none, or that the profile does not know.
            TypeError: there is no such setting, or ``within`` is neither pairs nor a mask.

        >>> night = oxicore.synthetic_night()
        >>> night.analyze(within=[("2026-01-03T00:00", "2026-01-03T04:00")]).quality.valid_pct > 99
        True
        >>> numbers = oxicore.synthetic_night().analyze()
        >>> numbers.index3.profile, numbers.index3.denominator
        ('aasm', 'valid-spo2')
        >>> numbers.aasm.odi3.count == sum(event.outcome == "complete" for event in numbers.desaturations)
        True
        """
        return Analysis(profile, self._core.analyze(profile, listed_pct, dict(settings), self._parts(within)))

    def supplement(self, *, within: Within | None = None, **settings: Unpack[AnalysisSettings]) -> Supplement:
        """Numbers beside :meth:`analyze`: approximate and sample entropy of SpO2, percentiles and mode of the pulse.

        Args:
            within: as for :meth:`analyze`.
            settings: as for :meth:`analyze`; those of events change nothing.

        Raises:
            ValueError: as :meth:`analyze`.
            TypeError: as :meth:`analyze`.

        >>> found = oxicore.synthetic_night().supplement()
        >>> found.pulse.p5_bpm <= found.pulse.mode_bpm <= found.pulse.p95_bpm
        True
        """
        supplement: Supplement = build(Supplement, json.loads(self._core.supplement(dict(settings), self._parts(within))))
        return supplement

    def _parts(self, within: Within | None) -> Parts | None:
        return None if within is None else parts_of(within, self.time, self.interval_s, self._elapsed_s)

    def desaturations(
        self,
        profile: Literal["aasm", "pobm"] = "aasm",
        *,
        listed_pct: int = 3,
        **settings: Unpack[AnalysisSettings],
    ) -> Desaturations:
        """The desaturations of one definition and nothing else, in a fraction of the time of :meth:`analyze`.

        Args:
            profile: whose definition; the other profiles count without listing.
            listed_pct: smallest depth, 2 to 10 percent; only of 3 and 4 there are indices elsewhere.
            settings: as in :meth:`analyze`; ``"pobm"`` has none and takes every reading.

        Raises:
            ValueError: the profile does not list events or has no such setting, or a setting is out of range.
            TypeError: there is no such setting.

        >>> night = oxicore.synthetic_night()
        >>> night.desaturations("pobm").index == night.analyze("pobm").index3
        True
        """
        return Desaturations(self._core.desaturations(profile, listed_pct, dict(settings)))

    def compare(self, **settings: Unpack[AnalysisSettings]) -> Table:
        """The desaturation index by every profile: how much of a figure is its definition.

        Settings concern ``aasm``, those of the filter also ``mean120``; each row says, as JSON, which of those that its
        definition uses are not the defaults.

        >>> oxicore.synthetic_night().compare().column("profile")[0]
        'aasm'
        """
        told, about = self._core.compare(dict(settings))
        return _indices.table(json.loads(told), about)

    def reduce(
        self,
        columns: int,
        channel: Literal["spo2", "pulse", "motion"] = "spo2",
        *,
        begin: Moment | None = None,
        end: Moment | None = None,
    ) -> Table:
        """Fewer points for a picture, without losing a dip.

        First, lowest, highest and last reading of each equal time column, and the readings at onset, nadir and end of every
        desaturation. Draw a line only between points of one ``segment``: elsewhere readings are missing.

        Args:
            columns: time columns, usually the pixels of the picture's width; at least 1.
            channel: which readings.
            begin: first moment; the start of the night.
            end: first moment after; the end of the night.

        Raises:
            ValueError: ``columns`` is below 1 or there is no such channel.

        >>> oxicore.synthetic_night().reduce(100).column_names
        ['at_s', 'spo2_pct', 'segment']
        """
        if columns < 1:
            raise ValueError(f"columns must be at least 1, not {columns}")
        begin_s = 0 if begin is None else max(self._elapsed_s(begin), 0)
        end_s = self.recording_s if end is None else min(max(self._elapsed_s(end), 0), self.recording_s)
        return Table(self._core.line(channel, columns, begin_s, end_s))

    def plot(self, ax: Axes | None = None, *, channel: Literal["spo2", "pulse", "motion"] = "spo2") -> Axes:
        """A channel over the night with its desaturations shaded; gaps stay gaps. Needs matplotlib.

        The title says when the night was and the index at 3 % by ``"aasm"`` with its definition; no name of a file, which may
        be a person's.

        Args:
            ax: where to draw; without it a new figure.
            channel: what is drawn.

        >>> oxicore.synthetic_night().plot().get_ylabel()
        'SpO2 (%)'
        """
        from ._plot import plot

        return plot(self, ax, channel)

    def plot_channels(self, *channels: Literal["spo2", "pulse", "motion"]) -> list[Axes]:
        """Channels below each other in a new figure, over one wall clock, each as :meth:`plot` draws it. Needs matplotlib.

        Args:
            channels: which; without any SpO2 and pulse.

        >>> [axes.get_ylabel() for axes in oxicore.synthetic_night().plot_channels("spo2", "motion")]
        ['SpO2 (%)', 'Motion (no unit)']
        """
        from ._plot import plot_channels

        return plot_channels(self, channels or ("spo2", "pulse"))

    def to_numpy(self, *, missing: Literal["mask", "nan"] = "mask") -> dict[str, Any]:
        """The columns by name: ``time``, ``spo2_pct``, ``pulse_bpm``, ``motion``.

        Args:
            missing: ``"mask"``: masked arrays of ``int16``, nothing is copied; ``"nan"``: plain arrays of ``float64`` with
                NaN where there is no reading.

        Raises:
            ValueError: ``missing`` is neither.

        >>> night = oxicore.synthetic_night()
        >>> night.to_numpy()["spo2_pct"] is night.spo2
        True
        >>> night.to_numpy(missing="nan")["spo2_pct"].dtype
        dtype('float64')
        """
        if missing not in ("mask", "nan"):
            raise ValueError(f"missing must be 'mask' or 'nan', not {missing!r}")
        time, *readings = self._columns
        return dict(zip(NAMES, (time, *(map(with_nan, readings) if missing == "nan" else readings)), strict=True))

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame with nullable columns. Needs pandas.

        >>> oxicore.synthetic_night().to_pandas()["pulse_bpm"].dtype
        Int16Dtype()
        """
        return of_pandas(self._columns)

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame. Needs polars.

        >>> oxicore.synthetic_night().to_polars().columns
        ['time', 'spo2_pct', 'pulse_bpm', 'motion']
        """
        import polars

        return polars.DataFrame(self)

    def to_xarray(self) -> xarray.Dataset:
        """An xarray data set over ``time``; missing readings are NaN, which is all it knows. Needs xarray.

        >>> oxicore.synthetic_night().to_xarray()["spo2_pct"].attrs["units"]
        'percent'
        """
        return of_xarray(self._columns, {"format": self.format, "interval_s": self.interval_s})

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Arrow's C stream in a capsule; a requested schema is left to the reader, who casts."""
        return self._core.arrow_c_stream()

    def __arrow_c_schema__(self) -> object:
        """Arrow's C schema in a capsule."""
        return self._core.arrow_c_schema()

    def to_csv(self) -> bytes:
        """The night as text that nearly every tool reads; reading it back gives the same samples.

        Raises:
            ValueError: a record is after the year 2100.

        >>> oxicore.synthetic_night().to_csv()[:35]
        b'Time,Oxygen Level,Pulse Rate,Motion'
        """
        return self._core.to_csv()

    def to_edf(self, *, listed_pct: Literal[3, 4] = 3, fill_gaps: bool = False) -> bytes:
        """The night as EDF+: SpO2, pulse, motion, and its desaturations as annotations. No patient is named.

        Where readings are missing stands -1. A night with gaps between its records is discontinuous (EDF+D): its data
        records say when they were. Many programs refuse such a file or, worse, join the parts and show later readings too
        early (pyedflib refuses it, MNE joins them); for these, fill the gaps.

        Args:
            listed_pct: smallest depth of the annotated events, percent.
            fill_gaps: write one stretch (EDF+C) with -1 in every signal where there is no record. Where records lie between
                the moments of the interval, readings are repeated at the rate at which every record has its moment, so
                every reading stands at its time. This library reads a filled gap as a gap.

        Raises:
            ValueError: ``listed_pct`` is neither 3 nor 4, or a time has more than eight digits.

        >>> oxicore.read(oxicore.synthetic_night().to_edf()).format
        'edf'
        """
        return self._core.to_edf(listed_pct, fill_gaps)


def _again(
    data: bytes,
    file_name: str | None,
    interval_s: int | None,
    part_of: str | None = None,
    said: Hints | None = None,
    skipped: tuple[SkippedRow, ...] = (),
) -> Recording:
    columns, date_order, zone_min = said or ([], None, None)
    return Recording(
        data,
        file_name=file_name,
        interval_s=interval_s,
        columns=dict(columns),  # type: ignore[arg-type]  # checked when they were given
        date_order=date_order,  # type: ignore[arg-type]
        zone=None if zone_min is None else timedelta(minutes=zone_min),
        _part_of=part_of,
        _skipped=skipped,
    )
