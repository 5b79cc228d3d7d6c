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
    """The columns; numpy owns the memory that the reading filled."""
    time, (spo2, no_spo2), (pulse, no_pulse), (motion, no_motion) = night.columns()
    for column in (time, spo2, no_spo2, pulse, no_pulse, motion, no_motion):
        column.setflags(write=False)
    return Columns(time, masked(spo2, no_spo2, 255), masked(pulse, no_pulse, 65_535), masked(motion, no_motion, 255))


def _masked_by_constructor(values: np.ndarray[Any, Any], is_missing: np.ndarray[Any, Any], beneath: int) -> Readings:
    return np.ma.MaskedArray(values, mask=is_missing, copy=False, fill_value=beneath)


class _Unprepared(np.ma.MaskedArray[Any, np.dtype[Any]]):
    """A masked array without what Python code makes ready for every view, which takes longer than filling a column."""

    __array_finalize__ = np.ndarray.__array_finalize__


def _masked_by_parts(values: np.ndarray[Any, Any], is_missing: np.ndarray[Any, Any], beneath: int) -> Readings:
    """What the constructor makes of these arguments, without looking at each of them: a fifth of its time."""
    column: Any = values.view(_Unprepared)
    column.__class__ = np.ma.MaskedArray
    own: dict[str, Any] = {}
    column.__dict__.update(_PARTS, _mask=is_missing, _fill_value=np.array(beneath, values.dtype), _optinfo=own, _basedict=own)
    whole: Readings = column
    return whole


def _parts_are_right() -> bool:
    """Whether this numpy builds a masked array of the parts that we know."""
    values, is_missing = np.array([96, 255], dtype=np.uint8), np.array([False, True])
    try:
        whole = _masked_by_parts(values, is_missing, 255)
    except (AttributeError, TypeError):
        return False
    same = _masked_by_constructor(values, is_missing, 255)
    shown = [(column.tolist(), column.mask.tolist(), column.fill_value, column.sum()) for column in (whole, same)]
    return shown[0] == shown[1] and whole[1] is np.ma.masked and whole.__dict__.keys() == same.__dict__.keys()


#: What every masked array has, whatever it holds.
_PARTS = vars(_masked_by_constructor(np.zeros(1, np.uint8), np.zeros(1, np.bool_), 255))

masked = _masked_by_parts if _parts_are_right() else _masked_by_constructor
