"""A night as the data frames of other libraries, which need not be installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import _core
from ._columns import Columns, with_nan

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
    import pandas

    frame: dict[str, Any] = {"time": columns.time}
    for name, column in zip(NAMES[1:], columns[1:], strict=True):
        frame[name] = pandas.arrays.IntegerArray(np.array(column.data), np.array(column.mask))
    return pandas.DataFrame(frame)


def of_xarray(columns: Columns, attributes: dict[str, Any]) -> xarray.Dataset:
    """Variables over ``time``, NaN where there is no reading."""
    import xarray

    variables = {
        name: ("time", with_nan(column).astype(np.float32), {"units": _UNITS[name], "long_name": _MEANINGS[name]})
        for name, column in zip(NAMES[1:], columns[1:], strict=True)
    }
    return xarray.Dataset(variables, coords={"time": columns.time.astype("datetime64[ns]")}, attrs=attributes)
