"""A night as the data frames of other libraries, which need not be installed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._columns import Columns

if TYPE_CHECKING:
    import pandas
    import xarray

#: Names of the columns, units included.
NAMES = ("time", "spo2_pct", "pulse_bpm", "motion")
_UNITS = {"spo2_pct": "percent", "pulse_bpm": "beats per minute", "motion": "1"}


def of_pandas(columns: Columns) -> pandas.DataFrame:
    """Columns of pandas' own nullable types."""
    import pandas

    frame: dict[str, Any] = {"time": columns.time}
    for name, column in zip(NAMES[1:], columns[1:], strict=True):
        frame[name] = pandas.arrays.IntegerArray(column.data.copy(), np.array(column.mask))
    return pandas.DataFrame(frame)


def of_xarray(columns: Columns, attributes: dict[str, Any]) -> xarray.Dataset:
    """Variables over ``time``, NaN where there is no reading."""
    import xarray

    variables = {
        name: ("time", np.where(column.mask, np.float32(np.nan), column.data), {"units": _UNITS[name]})
        for name, column in zip(NAMES[1:], columns[1:], strict=True)
    }
    return xarray.Dataset(variables, coords={"time": columns.time.astype("datetime64[ns]")}, attrs=attributes)
