"""The samples of a night as numpy columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from . import _core

#: One entry per record; read-only; missing readings are masked, with a value beneath that no reading has.
Readings = np.ma.MaskedArray[Any, np.dtype[Any]]
#: Wall clock of the records, without a zone; read-only.
Times = np.ndarray[Any, np.dtype[np.datetime64]]


class Columns(NamedTuple):
    """Time, SpO2, pulse and motion of every record."""

    time: Times
    spo2: Readings
    pulse: Readings
    motion: Readings


def columns_of(night: _core.Recording) -> Columns:
    """The columns; numpy owns the memory that the reading filled, nothing is copied."""
    time, spo2, pulse, motion = night.columns()
    time.flags.writeable = False
    return Columns(time, _masked(*spo2), _masked(*pulse), _masked(*motion))


def _masked(values: np.ndarray[Any, Any], is_missing: np.ndarray[Any, Any]) -> Readings:
    values.flags.writeable = False
    is_missing.flags.writeable = False
    none = np.iinfo(values.dtype).max
    return np.ma.MaskedArray(values, mask=is_missing, copy=False, fill_value=none)
