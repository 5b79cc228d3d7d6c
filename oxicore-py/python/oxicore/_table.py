"""A small table that every data frame library takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, overload

from . import _core

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: Kind of column and the pandas type that can miss.
_PANDAS = {"integer": "Int64", "real": "Float64", "flag": "boolean", "text": "string", "moment": "datetime64[s]"}
#: More rows than this are not shown in a notebook.
_SHOWN = 60


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

    @classmethod
    def _of(cls, columns: Sequence[tuple[str, str, list[Any]]]) -> Table:
        return cls(_core.Table(list(columns)))

    def __reduce__(self) -> tuple[Any, ...]:
        columns = [(name, kind, self._core.values(name)) for name, kind in self._core.columns]
        return (Table._of, (columns,))

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._core)

    @property
    def column_names(self) -> list[str]:
        """Names of the columns, in order."""
        return [name for name, _ in self._core.columns]

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
            return self._of([(name, kind, self._core.values(name)[which]) for name, kind in self._core.columns])
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
        """A pandas data frame; columns that can miss are of pandas' nullable types. Needs pandas.

        >>> oxicore.synthetic_night().compare().to_pandas()["per_h"].dtype
        Float64Dtype()
        """
        import pandas

        kinds = dict(self._core.columns)
        return pandas.DataFrame(
            {name: pandas.Series(values, dtype=_PANDAS[kinds[name]]) for name, values in self.to_dict().items()}
        )

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame. Needs polars.

        >>> oxicore.synthetic_night().reduce(10).to_polars().columns
        ['at_s', 'spo2_pct', 'segment']
        """
        import polars

        return polars.DataFrame(self)

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table. Needs pyarrow.

        >>> oxicore.synthetic_night().reduce(10).to_arrow().column_names
        ['at_s', 'spo2_pct', 'segment']
        """
        import pyarrow

        return pyarrow.table(self)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Arrow's C stream in a capsule; a requested schema is left to the reader, who casts."""
        return self._core.arrow_c_stream()

    def __arrow_c_schema__(self) -> object:
        """Arrow's C schema in a capsule."""
        return self._core.arrow_c_schema()

    def __repr__(self) -> str:
        return f"<oxicore.Table {len(self)} rows: {', '.join(self.column_names)}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.column_names)
        rows = [row for row, _ in zip(self, range(_SHOWN), strict=False)]
        body = "".join(f"<tr>{''.join(f'<td>{_shown(value)}</td>' for value in row.values())}</tr>" for row in rows)
        rest = f"<p>{len(self) - len(rows)} more rows</p>" if len(self) > len(rows) else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _shown(value: object) -> str:
    if value is None:
        return "–"
    return escape(f"{value:.2f}" if isinstance(value, float) else str(value))


def facts_html(facts: Mapping[str, object]) -> str:
    """Names and values, two columns."""
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{_shown(value)}</td></tr>" for name, value in facts.items())
    return f"<table><tbody>{rows}</tbody></table>"
