"""A small table that every data frame library takes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, overload

from . import _core
from ._extras import extra
from ._provenance import line, parsed

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: Kind of column and the pandas type that can miss.
_PANDAS = {"integer": "Int64", "real": "Float64", "flag": "boolean", "text": "string", "moment": "datetime64[s]"}
#: More rows than this are not shown in a notebook.
_SHOWN = 60
#: Nor as text; characters of a line, and of one cell.
_SHOWN_AS_TEXT, _WIDTH, _WIDEST = 8, 110, 32


class Table:
    """Columns with names; missing entries are ``None``.

    It has Arrow's stream interface: ``polars.DataFrame(table)``, ``pyarrow.table(table)``, DuckDB and
    ``pandas.DataFrame.from_arrow(table)`` take it as it is.

    >>> events = oxicore.synthetic_night().analyze().events
    >>> events.column_names[:3]
    ['onset_s', 'nadir_s', 'end_s']
    >>> events[0]["depth_pct"] >= 3
    True
    """

    __slots__ = ("_core",)

    def __init__(self, core: _core.Table) -> None:
        self._core = core

    @staticmethod
    def _of(columns: Sequence[tuple[str, str, list[Any]]], about: str | None = None) -> Table:
        return Table(_core.Table(list(columns), about))

    def __reduce__(self) -> tuple[Any, ...]:
        columns = [(name, kind, self._core.values(name)) for name, kind in self._core.columns]
        return (Table._of, (columns, self._core.about))

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._core)

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in order."""
        return [name for name, _ in self._core.columns]

    @property
    def columns(self) -> list[str]:
        """The same as :attr:`column_names`, by the name that data frames have for it."""
        return self.column_names

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns."""
        return (len(self), len(self._core.columns))

    @property
    def provenance(self) -> dict[str, Any]:
        """How its numbers were made: profile, all settings, those ``changed`` from the defaults, ``algorithm_revision``,
        ``reader_revision`` and ``package_version``. It is part of the Arrow schema, so that every parquet has it too."""
        return parsed(self._core.about)

    def column(self, name: str) -> list[Any]:
        """The entries of one column; missing ones are ``None``.

        Raises:
            KeyError: there is no such column.

        >>> oxicore.synthetic_night().compare().column("threshold_pct")[:2]
        [3, 4]
        """
        return self._core.values(name)

    @overload
    def __getitem__(self, which: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, which: slice) -> Table: ...
    @overload
    def __getitem__(self, which: str) -> list[Any]: ...
    def __getitem__(self, which: int | slice | str) -> dict[str, Any] | Table | list[Any]:
        """One row by its number, some rows by a slice, or the entries of one column by its name.

        Raises:
            IndexError: there is no such row.
            KeyError: there is no such column.

        >>> compared = oxicore.synthetic_night().compare()
        >>> compared[0]["profile"], compared["profile"][0], len(compared[:3])
        ('aasm', 'aasm', 3)
        """
        if isinstance(which, str):
            return self.column(which)
        if isinstance(which, slice):
            columns = [(name, kind, self._core.values(name)[which]) for name, kind in self._core.columns]
            return self._of(columns, self._core.about)
        return {name: self._core.values(name)[which] for name in self.column_names}

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows, one after the other."""
        columns = self.to_dict()
        names = list(columns)
        return (dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True))

    def to_dict(self) -> dict[str, list[Any]]:
        """Every column by its name.

        >>> list(oxicore.synthetic_night().reduce(10).to_dict())
        ['at_s', 'spo2_pct', 'segment']
        """
        return {name: self._core.values(name) for name in self.column_names}

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame; columns that can miss are of pandas' nullable types, and ``attrs`` has :attr:`provenance`.
        Needs pandas.

        >>> oxicore.synthetic_night().compare().to_pandas()["per_h"].dtype
        Float64Dtype()
        """
        with extra("pandas"):
            import pandas

        kinds = dict(self._core.columns)
        frame = pandas.DataFrame(
            {name: pandas.Series(values, dtype=_PANDAS[kinds[name]]) for name, values in self.to_dict().items()}
        )
        frame.attrs["oxicore"] = self.provenance
        return frame

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame. Needs polars.

        >>> oxicore.synthetic_night().reduce(10).to_polars().columns
        ['at_s', 'spo2_pct', 'segment']
        """
        with extra("polars"):
            import polars

        return polars.DataFrame(self)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table. Needs pyarrow.

        >>> oxicore.synthetic_night().reduce(10).to_arrow().column_names
        ['at_s', 'spo2_pct', 'segment']
        """
        with extra("arrow"):
            import pyarrow

        return pyarrow.table(self)

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Writes a Parquet file; its schema has units, meanings and :attr:`provenance`. Needs pyarrow.

        >>> import pyarrow.parquet, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     oxicore.synthetic_night().compare().to_parquet(f"{folder}/compared.parquet")
        ...     pyarrow.parquet.read_table(f"{folder}/compared.parquet").num_rows
        11
        """
        with extra("arrow"):
            import pyarrow.parquet

        pyarrow.parquet.write_table(self.to_arrow(), path)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Arrow's C stream in a capsule; a requested schema is left to the reader, who casts."""
        return self._core.arrow_c_stream()

    def __arrow_c_schema__(self) -> object:
        """Arrow's C schema in a capsule."""
        return self._core.arrow_c_schema()

    def __repr__(self) -> str:
        rows, columns = self.shape
        lines = [f"<oxicore.{type(self).__name__} {rows} row{'' if rows == 1 else 's'}, {columns} column{'' if columns == 1 else 's'}>"]
        if rows:
            lines += _as_text(self[:_SHOWN_AS_TEXT])
        if rows > _SHOWN_AS_TEXT:
            lines.append(f"... {rows - _SHOWN_AS_TEXT} more rows")
        if self.provenance:
            lines.append(line(self.provenance))
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.column_names)
        rows = [row for row, _ in zip(self, range(_SHOWN), strict=False)]
        body = "".join(f"<tr>{''.join(f'<td>{_shown(value)}</td>' for value in row.values())}</tr>" for row in rows)
        rest = f"<p>{len(self) - len(rows)} more rows</p>" if len(self) > len(rows) else ""
        by = f"<p>{escape(line(self.provenance))}</p>" if self.provenance else ""
        table = f'<table style="white-space: nowrap"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        return f'<div style="overflow-x: auto">{table}</div>{rest}{by}'


def _as_text(table: Table) -> list[str]:
    """The first columns, as many as stand side by side."""
    shown: list[list[str]] = []
    for name in table.column_names:
        cells = [name, *(_cell(value) for value in table.column(name))]
        width = max(map(len, cells))
        if shown and sum(len(column[0]) + 2 for column in shown) + width > _WIDTH:
            shown.append(["..."] * len(cells))
            break
        shown.append([cell.rjust(width) for cell in cells])
    return ["  ".join(row) for row in zip(*shown, strict=True)]


def _cell(value: object) -> str:
    text = _plainly(value)
    return text if len(text) <= _WIDEST else f"...{text[-_WIDEST + 3:]}"


def _plainly(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _shown(value: object) -> str:
    return escape(_plainly(value))


def facts_html(facts: Mapping[str, object]) -> str:
    """Names and values, two columns."""
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{_shown(value)}</td></tr>" for name, value in facts.items())
    return f"<table><tbody>{rows}</tbody></table>"
