"""One batch of a distributed table: what every engine's worker runs. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow
import pyarrow.compute

from ._many import read_many
from ._recording import Recording
from ._table import Table

#: Why a night of rows has no numbers.
BAD_ROWS = "bad-rows"


class Analyze:
    """Turns a batch of files, or of rows of whole nights, into a row a night. It is pickled to the workers."""

    def __init__(self, profile: str, settings: Mapping[str, Any]) -> None:
        self._options: dict[str, Any] = {"profile": profile, **settings}
        read_many([], **self._options)  # a wrong option is refused here, not by a worker

    def files(self, batch: pyarrow.Table) -> pyarrow.Table:
        """Of a batch with the paths of files in ``path``, and their bytes in ``content`` where they are there already."""
        paths = batch["path"].to_pylist()
        if "content" not in batch.schema.names:
            return pyarrow.table(self._nights(paths))
        return pyarrow.table(self._nights(list(zip(paths, batch["content"].to_pylist(), strict=True))))

    def rows(self, batch: pyarrow.Table) -> pyarrow.Table:
        """Of whole nights, a record a row: ``night``, ``time``, ``spo2``, and ``pulse`` and ``motion`` where they are there."""
        names = pyarrow.compute.unique(batch["night"])
        parts = [self._night(batch.filter(pyarrow.compute.equal(batch["night"], name)), name.as_py()) for name in names]
        return pyarrow.concat_tables(parts) if parts else pyarrow.table(self._nights([]))

    def _night(self, rows: pyarrow.Table, name: object) -> pyarrow.Table:
        ordered = rows.sort_by("time")
        columns = {
            column: ordered[column].to_numpy() for column in ("spo2", "pulse", "motion") if column in rows.schema.names
        }
        try:
            recording = Recording.from_arrays(_wall_clock(ordered["time"]), **columns)
        except ValueError as wrong:
            return self._fault(str(name), str(wrong))
        return pyarrow.table(self._nights([(str(name), recording.to_csv())]))

    def _fault(self, name: str, why: str) -> pyarrow.Table:
        """A row as of a file that cannot be read: how its numbers would have been made stands there."""
        row = self._nights([(name, b"")]).to_arrow().to_pylist()[0]
        return pyarrow.Table.from_pylist([{**row, "error_code": BAD_ROWS, "error": why}], schema=schema())

    def _nights(self, nights: list[Any]) -> Table:
        return read_many(nights, workers=1, **self._options)


def _wall_clock(times: pyarrow.ChunkedArray) -> Any:
    """Times with a zone, which some engines make of all, by what a clock there showed at the first, as `from_arrays` has it."""
    if getattr(times.type, "tz", None) is None:
        return times.to_numpy()
    instants = times.cast(pyarrow.timestamp("us")).to_numpy()
    first = pyarrow.compute.local_timestamp(times[:1]).cast(pyarrow.timestamp("us")).to_numpy()[0]
    return first + (instants - instants[0])


def schema() -> pyarrow.Schema:
    """Names and types of the result."""
    return pyarrow.schema(read_many([]))


def has_files(names: list[str]) -> bool:
    """Whether a table with these columns is one of files.

    Raises:
        ValueError: it is neither one of files nor one of rows.
    """
    if "path" in names:
        return True
    if {"night", "time", "spo2"} <= set(names):
        return False
    raise ValueError(f"a table of files needs the column path, one of rows night, time and spo2; this one has {', '.join(names)}")
