"""Kinds of arguments, and rows that were left out."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import numpy as np

#: A bound of a slice: wall clock, the same as ISO 8601 text, or time since the first record.
Moment = datetime | date | np.datetime64 | str | timedelta | np.timedelta64
#: Parts of a night: pairs of moments, or a truth value for each record.
Within = Iterable[tuple[Moment, Moment]] | Iterable[bool] | np.ndarray[Any, np.dtype[np.bool_]]
#: The same for many nights: for all of them, or for each by its name.
WithinMany = Within | Mapping[str | os.PathLike[str], Within | None]
#: What becomes of a text with rows that cannot be read.
BadRow = Literal["raise", "skip"]


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row of a text that could not be read and was left out."""

    line: int
    """Line of the file, from 1."""
    code: str
    """Stable name of the fault, as of :class:`ParseError`."""
    message: str
    """What is wrong with it."""


def skips(on_bad_row: BadRow) -> bool:
    """Whether rows that cannot be read are left out.

    Raises:
        ValueError: it is neither "raise" nor "skip".
    """
    if on_bad_row not in ("raise", "skip"):
        raise ValueError(f"on_bad_row must be 'raise' or 'skip', not {on_bad_row!r}")
    return on_bad_row == "skip"
