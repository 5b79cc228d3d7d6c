"""A night as the data frames of other libraries, which need not be installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._columns import Columns
from ._extras import extra

if TYPE_CHECKING:
    import pandas
    import xarray

#: Names of the columns, units included.
NAMES = ("time", "spo2_pct", "pulse_bpm", "motion")
#: Words of xarray's conventions, in which a number without a unit has the unit 1.
_UNITS = {name: unit or "1" for name, unit, _ in _core.dictionary() if name in NAMES}
_MEANINGS = {name: meaning for name, _, meaning in _core.dictionary()}


def of_pandas(columns: Columns) -> pandas.DataFrame:
    """Columns of pandas' own nullable types."""
    with extra("pandas"):
        import pandas

    frame: dict[str, Any] = {"time": columns.time}
    for name, column in zip(NAMES[1:], columns[1:], strict=True):
        frame[name] = pandas.arrays.IntegerArray(np.array(column.data), np.array(column.mask))
    return pandas.DataFrame(frame)


def columns_of_pandas(
    frame: pandas.DataFrame, time: str | None, spo2: str, pulse: str | None, motion: str | None
) -> tuple[Any, Any, Any, Any]:
    """Time, SpO2, pulse and motion of a frame; ``None`` for a column that need not be there and is not.

    Raises:
        ValueError: a column that is named, or that must be there, is not.
    """
    if time is None and "time" not in frame.columns and frame.index.dtype.kind in "mM":
        times: Any = frame.index
    else:
        times = _column(frame, time or "time", "time")
    beside = [
        _column(frame, name or usual, kind) if name is not None or usual in frame.columns else None
        for kind, name, usual in (("pulse", pulse, NAMES[2]), ("motion", motion, NAMES[3]))
    ]
    return (times, _column(frame, spo2, "spo2"), beside[0], beside[1])


def _column(frame: pandas.DataFrame, name: str, kind: str) -> Any:
    if name not in frame.columns:
        known = ", ".join(map(str, frame.columns))
        raise ValueError(f"no column {name!r}; there are {known}: name it, {kind}=...")
    return frame[name]


def of_xarray(columns: dict[str, Any], attributes: dict[str, Any]) -> xarray.Dataset:
    """Variables over ``time``, NaN where there is no reading."""
    with extra("xarray"):
        import xarray

    variables = {
        name: ("time", columns[name].astype(np.float32), {"units": _UNITS[name], "long_name": _MEANINGS[name]}) for name in NAMES[1:]
    }
    return xarray.Dataset(variables, coords={"time": columns["time"].astype("datetime64[ns]")}, attrs=attributes)
