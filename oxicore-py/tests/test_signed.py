"""No arithmetic on columns wraps: whatever a researcher does to two of them gives the number that whole numbers give."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import oxicore
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from nights import night
from oxicore._columns import NO_READING

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")
compute = pytest.importorskip("pyarrow.compute")

Column = list[int | None]
#: Two of them are subtracted, each is differenced, averaged, made of another type, and merged with the other.
PAIRS = list(itertools.product(("spo2_pct", "pulse_bpm", "motion"), repeat=2))


@some.composite
def nights(draw: some.DrawFn) -> oxicore.Recording:
    """Readings from everywhere in their ranges, some missing, some next to the other end."""
    size = draw(some.integers(2, 40))
    column = lambda low, high, none: some.lists(  # noqa: E731
        some.none() | some.sampled_from([low, high]) | some.integers(low, high).filter(lambda v: v not in none),
        min_size=size,
        max_size=size,
    )
    spo2, pulse, motion = draw(column(2, 100, ())), draw(column(1, 300, (255,))), draw(column(0, 255, ()))
    return oxicore.Recording.from_arrays(np.arange(size) * 4, spo2, pulse, motion)


def minus(one: Column, other: Column) -> Column:
    return [None if a is None or b is None else a - b for a, b in zip(one, other, strict=True)]


def steps(one: Column) -> Column:
    return minus(one[1:], one[:-1])


def mean(one: Column) -> Fraction | None:
    there = [value for value in one if value is not None]
    return Fraction(sum(there), len(there)) if there else None


def whole(values: Any) -> Column:
    """Of any library's column, plain numbers."""
    return [None if value is None or value is pandas.NA or value != value else int(value) for value in values]


def of_numpy(columns: dict[str, Any]) -> dict[str, Callable[..., Any]]:
    return {
        "minus": lambda a, b: (columns[a] - columns[b]).tolist(),
        "steps": lambda a: np.ma.diff(columns[a]).tolist(),
        "mean": lambda a: columns[a].mean(),
        "cast": lambda a, kind: columns[a].astype(kind).tolist(),
        "merge": lambda a, b: np.ma.concatenate([columns[a], columns[b]]).tolist(),
    }


def of_plain_numpy(columns: dict[str, Any]) -> dict[str, Callable[..., Any]]:
    return {
        "minus": lambda a, b: columns[a] - columns[b],
        "steps": lambda a: np.diff(columns[a]),
        "mean": lambda a: np.nanmean(columns[a]) if np.isfinite(columns[a]).any() else np.nan,
        "cast": lambda a, kind: columns[a].astype("float64" if "int" in kind else kind),
        "merge": lambda a, b: np.concatenate([columns[a], columns[b]]),
    }


def of_pandas(frame: Any) -> dict[str, Callable[..., Any]]:
    return {
        "minus": lambda a, b: frame[a] - frame[b],
        "steps": lambda a: frame[a].diff()[1:],
        "mean": lambda a: frame[a].mean(),
        "cast": lambda a, kind: frame[a].astype(kind.replace("int", "Int").replace("float", "Float")),
        "merge": lambda a, b: pandas.concat([frame[a], frame[b]]),
    }


def of_polars(frame: Any) -> dict[str, Callable[..., Any]]:
    return {
        "minus": lambda a, b: (frame[a] - frame[b]).to_list(),
        "steps": lambda a: frame[a].diff().to_list()[1:],
        "mean": lambda a: frame[a].mean(),
        "cast": lambda a, kind: frame[a].cast(getattr(polars, kind.capitalize())).to_list(),
        "merge": lambda a, b: polars.concat([frame[a], frame[b]]).to_list(),
    }


def of_pyarrow(table: Any) -> dict[str, Callable[..., Any]]:
    return {
        "minus": lambda a, b: compute.subtract(table[a], table[b]).to_pylist(),
        "steps": lambda a: compute.pairwise_diff(table[a].combine_chunks()).to_pylist()[1:],
        "mean": lambda a: compute.mean(table[a]).as_py(),
        "cast": lambda a, kind: table[a].cast(kind.replace("float64", "double").replace("float32", "float")).to_pylist(),
        "merge": lambda a, b: pyarrow.chunked_array([*table[a].chunks, *table[b].chunks]).to_pylist(),
    }


def all_libraries(of: oxicore.Recording) -> dict[str, dict[str, Callable[..., Any]]]:
    return {
        "numpy": of_numpy(of.to_numpy()),
        "numpy, nan": of_plain_numpy(of.to_numpy(missing="nan")),
        "pandas": of_pandas(of.to_pandas()),
        "polars": of_polars(of.to_polars()),
        "pyarrow": of_pyarrow(pyarrow.table(of)),
    }


def near(ours: Any, true: Fraction | None) -> bool:
    is_none = ours is None or ours is np.ma.masked or ours is pandas.NA or ours != ours
    return is_none if true is None else not is_none and ours == pytest.approx(float(true), rel=1e-6)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(nights())
def test_no_arithmetic_of_any_library_on_two_columns_leaves_the_true_number(of: oxicore.Recording) -> None:
    true: dict[str, Column] = {name: column.tolist() for name, column in of.to_numpy().items()}
    for library, does in all_libraries(of).items():
        for one, other in PAIRS:
            assert whole(does["minus"](one, other)) == minus(true[one], true[other]), (library, one, other)
            assert whole(does["merge"](one, other)) == true[one] + true[other], (library, one, other)
        for name in ("spo2_pct", "pulse_bpm", "motion"):
            assert whole(does["steps"](name)) == steps(true[name]), (library, name)
            assert near(does["mean"](name), mean(true[name])), (library, name)
            for kind in ("int16", "int32", "int64", "float32", "float64"):
                assert whole(does["cast"](name, kind)) == true[name], (library, name, kind)


def test_frames_of_two_devices_joined_by_time_keep_the_sign_of_their_difference() -> None:
    one, other = night(1), night(2)
    both = one.to_pandas().reset_index().merge(other.to_pandas().reset_index(), on="index", suffixes=("_a", "_b"))
    mean_of_pandas = (both["spo2_pct_a"] - both["spo2_pct_b"]).mean()
    left, right = (frame.with_row_index() for frame in (one.to_polars(), other.to_polars()))
    joined = left.join(right, on="index")
    mean_of_polars = (joined["spo2_pct"] - joined["spo2_pct_right"]).mean()
    differences = minus(one.spo2.tolist(), other.spo2.tolist())
    for ours in (mean_of_pandas, mean_of_polars, (one.spo2 - other.spo2).mean()):
        assert ours == pytest.approx(float(mean(differences) or 0))
        assert -100 <= ours <= 100


def test_counts_and_seconds_of_every_table_are_signed() -> None:
    numbers = night().analyze()
    tables = [numbers.events, night().compare(), night().reduce(50), night().desaturations("pobm").events, oxicore.read_many([night()])]
    for table in tables:
        arrow = table.to_arrow()
        assert {str(field.type) for field in arrow.schema} <= {"int64", "double", "bool", "string", "timestamp[s]"}
    events = numbers.events
    nadir_to_onset = minus(events["onset_s"], events["nadir_s"])
    assert max(value for value in nadir_to_onset if value is not None) <= 0
    assert (events.to_pandas()["onset_s"] - events.to_pandas()["nadir_s"]).tolist() == nadir_to_onset
    frame = events.to_polars()
    assert (frame["onset_s"] - frame["nadir_s"]).to_list() == nadir_to_onset
    assert compute.subtract(events.to_arrow()["onset_s"], events.to_arrow()["nadir_s"]).to_pylist() == nadir_to_onset


def test_what_lies_beneath_a_mask_wraps_in_no_difference() -> None:
    lowest, highest = np.int16(NO_READING), np.int16(300)
    with np.errstate(over="raise"):
        assert int(lowest - highest) == NO_READING - 300 and int(highest - lowest) == 300 - NO_READING


def test_a_night_filled_and_read_again_has_the_same_missing_readings() -> None:
    one = night()
    again = oxicore.Recording.from_arrays(one.time, one.spo2.filled(), one.pulse.filled(), one.motion.filled())
    assert again.spo2.tolist() == one.spo2.tolist() and again.motion.tolist() == one.motion.tolist()


def test_plain_numbers_have_nan_where_there_is_no_reading() -> None:
    columns = night().to_numpy(missing="nan")
    assert {str(column.dtype) for name, column in columns.items() if name != "time"} == {"float64"}
    assert not any(isinstance(column, np.ma.MaskedArray) for column in columns.values())
    masked = night().to_numpy()
    assert np.array_equal(columns["time"], masked["time"])
    for name in ("spo2_pct", "pulse_bpm", "motion"):
        expected = np.where(np.ma.getmaskarray(masked[name]), np.nan, masked[name].data)
        assert np.array_equal(columns[name], expected, equal_nan=True) and np.isnan(columns[name]).any() == masked[name].mask.any()
    assert np.isnan(columns["spo2_pct"]).any()
    with pytest.raises(ValueError, match="'mask' or 'nan'"):
        night().to_numpy(missing="zero")  # type: ignore[arg-type]
