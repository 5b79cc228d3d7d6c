"""Beyond one machine: an engine gives what `read_many` gives. Spark and Ray: `engines_elsewhere.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import oxicore
import pytest
from nights import night

pandas = pytest.importorskip("pandas")
pyarrow = pytest.importorskip("pyarrow")
pytest.importorskip("pyarrow.compute")
SEEDS = range(6)

Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Six nights and a letter."""
    folder: Path = tmp_path_factory.mktemp("cohort")
    for seed in SEEDS:
        (folder / f"night{seed}.csv").write_bytes(night(seed).to_csv())
    (folder / "letter.txt").write_text("Dear all", encoding="utf-8")
    return sorted(map(str, folder.iterdir()))


@pytest.fixture(scope="module")
def expected(paths: list[str]) -> Rows:
    return {row["source"]: row for row in oxicore.read_many(paths)}


@pytest.fixture(scope="module")
def records() -> Any:
    """Every record of the six nights in one table, out of order."""
    nights = []
    for seed in SEEDS:
        frame = pandas.DataFrame({"night": f"n{seed}", "time": night(seed).time.astype("datetime64[us]")})
        frame["spo2"] = night(seed).spo2.astype(float).filled(float("nan"))
        frame["pulse"] = night(seed).pulse.astype(float).filled(float("nan"))
        frame["motion"] = night(seed).motion.astype(float).filled(float("nan"))
        nights.append(frame)
    return pandas.concat(nights).sample(frac=1, random_state=1).reset_index(drop=True)


@pytest.fixture(scope="module")
def expected_of_records() -> Rows:
    return {row["source"]: row for row in oxicore.read_many([(f"n{seed}", night(seed).to_csv()) for seed in SEEDS])}


def rows_of(table: Any) -> Rows:
    """By source, in plain Python."""
    return {row["source"]: row for row in table.to_pylist()}


def of_pandas(frame: Any) -> Rows:
    return rows_of(pyarrow.Table.from_pandas(frame, preserve_index=False))


def test_dask_reads_files_in_other_processes(paths: list[str], expected: Rows) -> None:
    frames = pytest.importorskip("dask.dataframe")
    from oxicore import dask

    files = frames.from_pandas(pandas.DataFrame({"path": paths}), npartitions=3)
    assert of_pandas(dask.analyze(files).compute(scheduler="processes", num_workers=2)) == expected


def test_dask_gathers_the_records_of_a_night(records: Any, expected_of_records: Rows) -> None:
    frames = pytest.importorskip("dask.dataframe")
    from oxicore import dask

    frame = frames.from_pandas(records, npartitions=4)
    assert of_pandas(dask.analyze(frame).compute(scheduler="threads")) == expected_of_records


def test_dask_is_told_the_types_of_the_result(paths: list[str]) -> None:
    frames = pytest.importorskip("dask.dataframe")
    from oxicore import dask

    nights = dask.analyze(frames.from_pandas(pandas.DataFrame({"path": paths}), npartitions=1))
    assert nights.compute(scheduler="sync").dtypes.to_dict() == nights.dtypes.to_dict()


def test_rows_that_are_no_night_are_told(records: Any) -> None:
    from oxicore._batches import Analyze

    wrong = pandas.concat([records[records["night"] == "n0"], records[records["night"] == "n1"].assign(spo2=0.9)])
    table = Analyze("aasm", {}).rows(pyarrow.Table.from_pandas(wrong, preserve_index=False))
    assert rows_of(table)["n1"]["error_code"] == "bad-rows"
    assert "fraction" in rows_of(table)["n1"]["error"]
    assert rows_of(table)["n0"]["error"] is None


def test_a_time_with_a_zone_is_what_a_clock_there_shows(records: Any) -> None:
    from oxicore._batches import Analyze

    one = pyarrow.Table.from_pandas(records[records["night"] == "n0"], preserve_index=False)
    there = pyarrow.compute.assume_timezone(one["time"], "Europe/Bucharest")
    table = Analyze("aasm", {}).rows(one.set_column(one.schema.get_field_index("time"), "time", there))
    assert rows_of(table)["n0"]["start"] == night(0).start


def test_the_repeated_hour_of_an_engine_is_kept() -> None:
    from oxicore._batches import Analyze

    times = pandas.date_range("2026-10-25 00:30", periods=900, freq="4s", tz="UTC").tz_convert("Europe/Bucharest")
    frame = pandas.DataFrame({"night": "n", "time": times, "spo2": 96.0}).sample(frac=1, random_state=2)
    [row] = Analyze("aasm", {}).rows(pyarrow.Table.from_pandas(frame, preserve_index=False)).to_pylist()
    assert (row["error"], row["records"], row["recording_s"]) == (None, 900, 3_600)
    assert row["start"] == times[0].tz_localize(None).to_pydatetime()


def test_a_table_of_something_else_is_refused() -> None:
    from oxicore._batches import has_files

    with pytest.raises(ValueError, match="this one has name"):
        has_files(["name"])


def test_a_wrong_option_is_told_before_any_work() -> None:
    from oxicore._batches import Analyze

    with pytest.raises(ValueError, match="no profile"):
        Analyze("osa", {})
