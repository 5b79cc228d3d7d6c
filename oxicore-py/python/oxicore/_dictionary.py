"""What the columns of every table say."""

from __future__ import annotations

from . import _core
from ._table import Table


def as_markdown() -> str:
    """The dictionary as a page; the page of the package is checked against it."""
    lines = ["# Columns", "", "What the columns of every table say; `oxicore columns` prints this page.", "", "| column | unit | meaning |", "|---|---|---|"]
    lines += [f"| `{name}` | {unit or '–'} | {meaning} |" for name, unit, meaning in _core.dictionary()]
    return "\n".join([*lines, ""])


def column_dictionary() -> Table:
    """Name, unit and meaning of every column of every table; a name means the same in each. Arrow fields have them too.

    >>> meanings = {row["name"]: row for row in oxicore.column_dictionary()}
    >>> meanings["below_90_pct"]["unit"], meanings["below_90_pct"]["meaning"]
    ('percent', 'T90: time with SpO2 below 90 %, of valid time.')
    """
    entries = _core.dictionary()
    names, units, meanings = ([entry[at] for entry in entries] for at in range(3))
    return Table._of([("name", "text", names), ("unit", "text", [unit or None for unit in units]), ("meaning", "text", meanings)])
