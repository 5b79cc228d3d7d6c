"""Indices with their full definitions, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._numbers import Index
from ._plain import build
from ._table import Table

_COLUMNS = {
    "profile": "text",
    "threshold_pct": "integer",
    "count": "integer",
    "per_h": "real",
    "denominator": "text",
    "seconds": "integer",
    "severity": "text",
    "definition": "text",
    "settings": "text",
    "algorithm_revision": "integer",
    "package_version": "text",
}


def row(described: Mapping[str, Any]) -> dict[str, Any]:
    """An index, its severity, its definition and the settings that are not as usual, side by side."""
    index = described["index"]
    beside = {**described, **index, "threshold_pct": build(Index, index).threshold_pct}
    return {name: beside[name] for name in _COLUMNS}


def table(described: Sequence[Mapping[str, Any]], about: str) -> Table:
    """A row for each."""
    rows = [row(one) for one in described]
    return Table._of([(name, kind, [one[name] for one in rows]) for name, kind in _COLUMNS.items()], about)
