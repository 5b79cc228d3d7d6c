"""The records of one night, what the file says of them, and the forms that other libraries and programs take."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from ._clock import elapsed
from ._columns import Columns, Readings, Times, columns_of
from ._extras import extra
from ._frames import NAMES, of_pandas, of_xarray
from ._kinds import Moment, SkippedRow
from ._numbers import Device, Notices
from ._plain import build
from ._table import Table

if TYPE_CHECKING:
    import pandas
    import polars
    import xarray

    from ._core import Recording as Compiled


class Night:
    """What a :class:`Recording` holds, and how it is handed over."""

    _core: Compiled
    _skipped: tuple[SkippedRow, ...]

    def __len__(self) -> int:
        """Number of records, missing readings included; at least 1."""
        return len(self._core)

    @property
    def format(self) -> Literal["csv", "legacy", "oxyii", "pod2", "edf", "contec", "choicemmed", "columns"]:
        """Kind of file, of a part of a night that of the whole; ``"columns"`` of a night from arrays."""
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
        ``countdown_records`` of its own, and ``interval_too_coarse`` is of its own readings."""
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

    def _elapsed_s(self, bound: object) -> int:
        """Seconds since the first record, rounded up: a record belongs to the part if it is at or after the bound."""
        return -(-elapsed(bound, self.start) // timedelta(seconds=1))

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

    def to_numpy(self, *, missing: Literal["mask", "nan"] = "mask") -> dict[str, Any]:
        """The columns by name: ``time``, ``spo2_pct``, ``pulse_bpm``, ``motion``.

        Args:
            missing: ``"mask"``: masked arrays of ``int16``, nothing is copied; ``"nan"``: plain arrays of ``float64`` with
                NaN where there is no reading, of their own memory each time, in less time than masks take to be made.

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
        columns = self._core.columns_with_nan() if missing == "nan" else self._columns
        return dict(zip(NAMES, columns, strict=True))

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
        with extra("polars"):
            import polars

        return polars.DataFrame(self)

    def to_xarray(self) -> xarray.Dataset:
        """An xarray data set over ``time``; missing readings are NaN, which is all it knows. Needs xarray.

        >>> oxicore.synthetic_night().to_xarray()["spo2_pct"].attrs["units"]
        'percent'
        """
        return of_xarray(self.to_numpy(missing="nan"), {"format": self.format, "interval_s": self.interval_s})

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

        >>> oxicore.synthetic_night().to_csv()[:33]
        b'Time,SpO2 (columns),Pulse Rate,Mo'
        """
        return self._core.to_csv()

    def to_edf(self, *, listed_pct: int = 3, fill_gaps: bool = False) -> bytes:
        """The night as EDF+: SpO2, pulse, motion, and its desaturations as annotations. No patient is named.

        Where readings are missing stands -1. A night with gaps between its records is discontinuous (EDF+D): its data
        records say when they were. Many programs refuse such a file or, worse, join the parts and show later readings too
        early (pyedflib refuses it, MNE joins them); for these, fill the gaps.

        Args:
            listed_pct: smallest depth of the annotated events, 2 to 10 percent.
            fill_gaps: write one stretch (EDF+C) with -1 in every signal where there is no record. Where records lie between
                the moments of the interval, readings are repeated at the rate at which every record has its moment, so
                every reading stands at its time. This library reads a filled gap as a gap.

        Raises:
            ValueError: ``listed_pct`` is not between 2 and 10, or a time has more than eight digits.

        >>> oxicore.read(oxicore.synthetic_night().to_edf()).format
        'edf'
        """
        return self._core.to_edf(listed_pct, fill_gaps)
