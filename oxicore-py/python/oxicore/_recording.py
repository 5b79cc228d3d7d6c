"""One recorded night."""

from __future__ import annotations

import json
from datetime import datetime, tzinfo
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from . import _core, _indices
from ._analysis import Analysis
from ._arrays import made_of
from ._desaturations import Desaturations
from ._frames import columns_of_pandas
from ._hints import Column, ColumnChoice, DateOrder, Zone, hints, legible, minutes_at, offset_min
from ._kinds import SkippedRow, Within
from ._made import Made, OfFile, OfNights, OfPart
from ._night import Night
from ._notices import noticed
from ._numbers import Profile, Supplement
from ._plain import build
from ._reconcile import Definition, Reconciliation, reconciled
from ._table import Table, facts_html
from ._within import chosen

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes
    from numpy.typing import ArrayLike
    from typing_extensions import Unpack

    from ._numbers import AnalysisSettings


class Recording(Night):
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

    _made: Made

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
        _skipped: tuple[SkippedRow, ...] = (),
    ) -> None:
        if interval_s is not None and not 0 < interval_s < 2**32:
            raise ValueError(f"interval_s must be between 1 and {2**32 - 1}, not {interval_s}")
        name = None if file_name is None else legible(file_name)
        offset = offset_min(zone)
        if isinstance(offset, tzinfo):
            universal = _core.Recording(data, name, interval_s, hints(columns, signal, date_order, 0)).start
            offset = minutes_at(offset, universal)
        self._made = OfFile(data, name, interval_s, hints(columns, signal, date_order, offset), len(_skipped))
        self._core = self._made.make()
        self._skipped = _skipped

    @classmethod
    def _of(cls, made: Made, skipped: tuple[SkippedRow, ...] = (), core: _core.Recording | None = None) -> Recording:
        """From what it is made of, which may have been done already."""
        night = cls.__new__(cls)
        night._made, night._skipped = made, skipped
        night._core = made.make() if core is None else core
        return night

    @classmethod
    def _joined(cls, nights: list[Recording]) -> Recording:
        skipped = tuple(dict.fromkeys(row for night in nights for row in night._skipped))
        core = _core.Recording.joined([night._core for night in nights], len(skipped))
        return cls._of(OfNights(tuple(night._made for night in nights), len(skipped)), skipped, core)

    @classmethod
    def from_arrays(
        cls,
        time: ArrayLike,
        spo2: ArrayLike,
        pulse: ArrayLike | None = None,
        motion: ArrayLike | None = None,
        *,
        start: datetime | None = None,
        zone: Zone | None = None,
    ) -> Recording:
        """A night from arrays, one entry a record.

        Missing readings are NaN, ``None`` or masked; 0, 127 and 255 in ``spo2``, and 0, 255 and 65535 in ``pulse``, are
        what devices write for a missing reading, and are read so, as is -32000, which lies beneath the masks of a night. Readings are rounded to the nearest whole number;
        ``notices.rounded_readings`` says how many of SpO2, and :func:`hypoxic_burden` uses them as they were given.

        Args:
            time: wall clock (``datetime64``, ``datetime`` or ISO 8601 text), or seconds since ``start``; each
                entry a later second than the one before, the first at most 366 days after ``start``. Fractions of a second
                are rounded, counted from the first record. Where records are missing, leave them out. Of times with a zone
                the first gives the wall clock, in its own zone unless ``zone`` is given, and from there on counts what
                really passed: an hour that clocks repeat in autumn is kept, one that they leave out in spring makes no gap.
            spo2: percent, 1 to 100.
            pulse: beats per minute, 1 to 300.
            motion: no unit, 0 to 255.
            start: what seconds count from; without it 2000-01-01T00:00:00. One with a zone gives the wall clock as times
                with a zone do.
            zone: where the wall clock of the night was, as for :func:`read`: it converts times, or a start, that have a
                zone of their own (universal time, say).

        Raises:
            ValueError: lengths differ, a time does not grow, only some have a zone, ``zone`` is given and none has one, times
                are seconds since 1970, records come more often than once a second or not in whole seconds, or a number
                cannot be a reading.

        >>> from datetime import datetime, timezone
        >>> universal = datetime(2026, 7, 2, 20, tzinfo=timezone.utc)
        >>> oxicore.Recording.from_arrays([0, 4], [97, 96], start=universal, zone="Europe/Bucharest").start
        datetime.datetime(2026, 7, 2, 23, 0)
        >>> import numpy as np
        >>> night = oxicore.Recording.from_arrays(np.arange(0, 3600, 4), np.full(900, 96.0))
        >>> night.analyze().aasm.odi3.per_h
        0.0
        """
        return cls._of(made_of(time, spo2, pulse, motion, start, zone))

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
        zone: Zone | None = None,
    ) -> Recording:
        """A night from a pandas data frame, one row a record; the columns of :meth:`to_pandas` by their names.

        Args:
            frame: the records, in order of time.
            time: column of the times, of every kind that :meth:`from_arrays` takes; without it ``"time"``, or the index if
                that is one of moments.
            spo2: column of the SpO2.
            pulse: column of the pulse; without it ``"pulse_bpm"`` if there is one.
            motion: column of the motion; without it ``"motion"`` if there is one.
            start, zone: as for :meth:`from_arrays`.

        Raises:
            ValueError: there is no such column (names those there are), or as :meth:`from_arrays`.

        >>> night = oxicore.synthetic_night()
        >>> oxicore.Recording.from_pandas(night.to_pandas()).analyze().aasm == night.analyze().aasm
        True
        """
        return cls.from_arrays(*columns_of_pandas(frame, time, spo2, pulse, motion), start=start, zone=zone)

    @property
    def _name(self) -> str:
        """What it is called in a table."""
        name = self._made.name if isinstance(self._made, OfFile) else None
        return name or f"recording of {self.start.isoformat(sep=' ')}"

    def __reduce__(self) -> tuple[Any, ...]:
        return (Recording._of, (self._made, self._skipped))

    def __repr__(self) -> str:
        count = len(self._skipped)
        skipped = f", {count} row{'' if count == 1 else 's'} skipped" if count else ""
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
        words = "; ".join(noticed({**self._facts["notices"], "format": self.format}))
        caption = "SpO2 over the hours since the start; shaded: desaturations of 3 % and more (aasm)"
        return f"<div>{svg}<p>{caption}</p>{facts_html(facts)}{f'<p>{escape(words)}</p>' if words else ''}</div>"

    def __getitem__(self, part: slice) -> Recording:
        """Part of the night, from the first bound up to, not including, the second.

        Bounds are wall clock (``datetime``, ``date``, ``datetime64``, ISO 8601 text) or time since the first record
        (``timedelta``, ``timedelta64``); either may be left out. What the device computed of the whole night is not part
        of it, what was noticed while reading its file is.

        Raises:
            ValueError: the part has no record; a bound is text that is no time.
            TypeError: a bound is not a time, or the slice has a step.

        >>> from datetime import timedelta
        >>> oxicore.synthetic_night()[timedelta(hours=1):timedelta(hours=2)].recording_s
        3600
        """
        if not isinstance(part, slice) or part.step is not None:
            raise TypeError("a recording is cut by time: night[begin:end]")
        begin = 0 if part.start is None else max(self._elapsed_s(part.start), 0)
        end = self.recording_s if part.stop is None else min(max(self._elapsed_s(part.stop), 0), self.recording_s)
        core = self._core.part(begin, end)
        if core is None:
            raise ValueError(f"no record between {part.start} and {part.stop}; the night has {self.recording_s} s from {self.start}")
        return self._of(OfPart(self._made, begin, end), self._skipped, core)

    def analyze(
        self,
        profile: Profile = "aasm",
        *,
        listed_pct: int = 3,
        within: Within | None = None,
        **settings: Unpack[AnalysisSettings],
    ) -> Analysis:
        """All numbers of the night, and its desaturations.

        Args:
            profile: whose definition of a desaturation makes :attr:`Analysis.index3`, :attr:`Analysis.index4` and
                :attr:`Analysis.events`. Those in ``desaturations`` are always those of ``"aasm"``.
            listed_pct: smallest depth of the listed events, 2 to 10 percent; of ``"aasm-nested"`` it is 4. Indices are those of 3
                and 4 %; the index of another depth has :meth:`desaturations`. After events of another depth the pulse is not
                looked at: their ``pulse_rise`` is ``None``.
            within: the parts of the night that count, as pairs of moments (of the kinds that slices take), or as a mask
                with a truth value for each record (sleep epochs, say). The rest is no missing reading and no gap: its
                records are ``quality.trimmed``, shares and rates of the recording are those of the parts, and an event
                ends where more time than is bridged is left out. Hours and halves are those of the night; ``viatom`` and
                ``device`` speak of all of it. ``"viatom"`` and ``"pobm"``, which are of whole recordings, have none.
            settings: what differs from the definition, by the names of :class:`AnalysisSettings`; the result carries it.
                A setting that the index of the profile would not follow is refused: ``"viatom"`` and ``"pobm"`` use every
                reading, and what an event is can be set for ``"aasm"`` and ``"aasm-nested"``.

        Raises:
            ValueError: there is no such profile or depth, a setting is out of range, or ``within`` is of parts that overlap, are
                none, or that the profile does not know.
            TypeError: there is no such setting, or ``within`` is neither pairs nor a mask.

        >>> night = oxicore.synthetic_night()
        >>> night.analyze(within=[("2026-01-03T00:00", "2026-01-03T04:00")]).quality.valid_pct > 99
        True
        >>> numbers = oxicore.synthetic_night().analyze()
        >>> numbers.index3.profile, numbers.index3.denominator
        ('aasm', 'valid-spo2')
        >>> numbers.aasm.odi3.count == sum(event.counted for event in numbers.desaturations)
        True
        """
        return Analysis(profile, self._core.analyze(profile, listed_pct, dict(settings), chosen(within)))

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
        supplement: Supplement = build(Supplement, json.loads(self._core.supplement(dict(settings), chosen(within))))
        return supplement

    def desaturations(
        self,
        profile: Profile = "aasm",
        *,
        listed_pct: int | None = None,
        within: Within | None = None,
        **settings: Unpack[AnalysisSettings],
    ) -> Desaturations:
        """The desaturations of one definition and nothing else, in a fraction of the time of :meth:`analyze`.

        Args:
            profile: whose definition.
            listed_pct: smallest depth, 2 to 10 percent; only of 3 and 4 there are indices elsewhere. Without it 3, and of
                ``"aasm-nested"``, which has no other, 4.
            within: as in :meth:`analyze`; ``"pobm"`` and ``"viatom"`` are of whole recordings.
            settings: as in :meth:`analyze`; ``"pobm"`` and ``"viatom"`` have none and use every reading, ``"mean120"`` and
                ``"mean120-analyzer"`` have those of the filter.

        Raises:
            ValueError: there is no such profile, it has no such setting or depth, or a setting is out of range.
            TypeError: there is no such setting.

        >>> night = oxicore.synthetic_night()
        >>> night.desaturations("pobm").index == night.analyze("pobm").index3
        True
        >>> night.desaturations("mean120", listed_pct=5).events.column_names
        ['begin_s', 'last_s', 'duration_s', 'baseline_pct', 'nadir_pct', 'outcome']
        """
        pct = listed_pct if listed_pct is not None else 4 if profile == "aasm-nested" else 3
        return Desaturations(self._core.desaturations(profile, pct, dict(settings), chosen(within)))

    def compare(self, *, within: Within | None = None, **settings: Unpack[AnalysisSettings]) -> Table:
        """The desaturation index by every profile: how much of a figure is its definition.

        Settings concern ``aasm``, those of the filter also ``mean120``; each row says, as JSON, which of those that its
        definition uses are not the defaults.

        Args:
            within: as in :meth:`analyze`; then the profiles of whole recordings, ``"viatom"`` and ``"pobm"``, have no row.
            settings: as in :meth:`analyze`.

        >>> oxicore.synthetic_night().compare().column("profile")[0]
        'aasm'
        """
        rows, about = self._core.compare(dict(settings), chosen(within))
        return _indices.table(json.loads(rows), about)

    def reconcile(self, a: Definition | Profile, b: Definition | Profile) -> Reconciliation:
        """Why two definitions do not find the same desaturations: the events of both, matched where they overlap, and of every
        other one the rule by which the definition that lacks it lost it. Meaning of each rule: docs/ALGORITHMS.md, "Reconciliation".

        Args:
            a: a :class:`Definition`, or the name of a profile at its usual depth and settings.
            b: the other.

        Raises:
            ValueError: there is no such profile.

        >>> found = oxicore.synthetic_night().reconcile("aasm", oxicore.Definition.of("aasm", listed_pct=4))
        >>> len(found.matched) + len(found.only_a) == oxicore.synthetic_night().analyze().index3.count
        True
        >>> sum(found.lost_by("a").values()) == len(found.only_a)
        True
        """
        return reconciled(self, a, b)

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
