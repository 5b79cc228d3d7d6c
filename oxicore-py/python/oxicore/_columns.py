"""The samples of a night as numpy columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from . import _core

#: One entry per record; read-only; missing readings are masked, with `NO_READING` beneath.
Readings: TypeAlias = "np.ma.MaskedArray[Any, np.dtype[np.int16]]"
#: Wall clock of the records, without a zone; read-only.
Times: TypeAlias = "np.ndarray[Any, np.dtype[np.datetime64]]"

#: What lies beneath the mask: far from every reading, and no difference of a reading and it leaves 16 bits.
NO_READING: Final = -32_000


class Columns(NamedTuple):
    """Time, SpO2, pulse and motion of every record."""

    time: Times
    spo2: Readings
    pulse: Readings
    motion: Readings


def columns_of(night: _core.Recording) -> Columns:
    """The columns; numpy owns the memory that the reading filled."""
    time, spo2, pulse, motion = night.columns()
    time.setflags(write=False)
    return Columns(time, _masked(*spo2), _masked(*pulse), _masked(*motion))


def _masked(values: np.ndarray[Any, np.dtype[np.int16]], is_missing: np.ndarray[Any, np.dtype[np.bool_]]) -> Readings:
    for part in (values, is_missing):
        part.setflags(write=False)
    return np.ma.MaskedArray(values, mask=is_missing, copy=False, fill_value=NO_READING)
