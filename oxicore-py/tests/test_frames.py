"""Every data frame library takes a night and a table as they are."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import oxicore
import pytest
from nights import SHORT, night

polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")
pandas = pytest.importorskip("pandas")

TIMES = [datetime(2026, 1, 2, 23, 59, 58), datetime(2026, 1, 3, 0, 0, 2)]


def test_pyarrow_reads_a_night() -> None:
    table = pyarrow.table(oxicore.read(SHORT))
    assert table.schema.names == ["time", "spo2_pct", "pulse_bpm", "motion"]
    assert [str(kind) for kind in table.schema.types] == ["timestamp[s]", "int16", "int16", "int16"]
    assert table["spo2_pct"].to_pylist() == [96, None, 95, 94]
    assert table["time"].to_pylist()[:2] == TIMES
    table.validate(full=True)


def test_every_column_of_arrow_tells_its_unit_and_meaning() -> None:
    known = {name: {"unit": unit, "meaning": meaning} for name, unit, meaning in oxicore._core.dictionary()}
    numbers = night().analyze()
    tables = [night(), numbers.events, night().compare(), night().reduce(9), night().desaturations("pobm").events]
    for table in [*tables, oxicore.read_many([])]:
        for field in pyarrow.schema(table):
            metadata = {key.decode(): words.decode() for key, words in (field.metadata or {}).items()}
            assert metadata["meaning"] and metadata == {key: words for key, words in known[field.name].items() if words}
    assert pyarrow.schema(night()).field("spo2_pct").metadata[b"unit"] == b"percent"


def test_polars_reads_a_night() -> None:
    short = oxicore.read(SHORT)
    frame = polars.DataFrame(short)
    assert frame["spo2_pct"].to_list() == [96, None, 95, 94]
    assert frame["time"].to_list()[:2] == TIMES
    assert short.to_polars().equals(frame)


def test_pandas_reads_a_night() -> None:
    frame = oxicore.read(SHORT).to_pandas()
    assert list(frame.columns) == ["time", "spo2_pct", "pulse_bpm", "motion"]
    assert frame["spo2_pct"].dtype == "Int16"
    assert frame["spo2_pct"].isna().tolist() == [False, True, False, False]
    assert frame["time"].tolist()[:2] == [pandas.Timestamp(time) for time in TIMES]


def test_pandas_takes_the_stream() -> None:
    before_pandas_3 = lambda night: pyarrow.table(night).to_pandas()  # noqa: E731
    take = getattr(pandas.DataFrame, "from_arrow", before_pandas_3)
    frame = take(oxicore.read(SHORT))
    assert frame["pulse_bpm"].tolist() == [58, 61, 60, 60]


def test_duckdb_reads_a_night() -> None:
    duckdb = pytest.importorskip("duckdb")
    recording = oxicore.read(SHORT)  # noqa: F841
    assert duckdb.sql("select count(*), count(spo2_pct), min(spo2_pct) from recording").fetchall() == [(4, 3, 94)]


def test_xarray_reads_a_night() -> None:
    pytest.importorskip("xarray")
    data = oxicore.read(SHORT).to_xarray()
    assert data["spo2_pct"].attrs["units"] == "percent"
    np.testing.assert_array_equal(data["spo2_pct"].values, [96, np.nan, 95, 94])
    assert data.sel(time="2026-01-03T00:01:06")["pulse_bpm"].item() == 60


def test_events_become_a_frame() -> None:
    analysis = night().analyze()
    frame = polars.DataFrame(analysis.events)
    assert frame["depth_pct"].to_list() == [event.depth_pct for event in analysis.desaturations]
    assert analysis.events.to_pandas()["onset_s"].tolist() == frame["onset_s"].to_list()
    assert pyarrow.table(analysis.events)["outcome"].to_pylist() == frame["outcome"].to_list()


def test_a_table_without_rows_keeps_its_columns() -> None:
    events = oxicore.read(SHORT).analyze().events
    assert len(events) == 0
    assert polars.DataFrame(events).schema["outcome"] == polars.String
    assert events.to_arrow().schema.names == events.to_pandas().columns.tolist() == events.column_names


def test_an_unused_stream_is_released() -> None:
    for _ in range(100):
        assert night().__arrow_c_stream__() is not None


def test_a_schema_is_known_without_the_data() -> None:
    assert pyarrow.schema(night()) == pyarrow.table(night()).schema


def test_a_table_gives_a_row_some_rows_and_a_column() -> None:
    events = night().analyze().events
    assert events[0]["depth_pct"] == events["depth_pct"][0] == events[:1]["depth_pct"][0]
    assert (events[1:3].to_dict(), len(events[:0])) == ({name: values[1:3] for name, values in events.to_dict().items()}, 0)
    assert events[-1] == list(events)[-1]
    with pytest.raises(KeyError, match="depth"):
        events["depth"]
    with pytest.raises(IndexError):
        events[10**6]


def test_a_study_of_pandas_columns_is_read() -> None:
    index = pandas.date_range("2026-01-02 22:00", periods=4, freq="4s")
    for kind in ("float64", "Float64", "Int16", "UInt8", object):
        spo2 = pandas.Series([97, 96, 95, 94], index=index, dtype=kind)
        spo2.iloc[1] = pandas.NA if kind is object or str(kind)[0] in "FIU" else np.nan
        assert oxicore.Recording.from_arrays(spo2.index, spo2).spo2.tolist() == [97, None, 95, 94]
    with pytest.raises(ValueError, match=r"time\[1\] is missing"):
        oxicore.Recording.from_arrays([datetime(2026, 1, 2), pandas.NaT], [97, 96])
    assert oxicore.Recording.from_arrays(index.tz_localize("Asia/Tokyo"), [97, 96, 95, 94]).start == index[0].to_pydatetime()


@pytest.mark.parametrize("make", [night, lambda: oxicore.read(SHORT), lambda: night()[:"2026-01-02T23:30"]])
def test_a_frame_goes_round(make: Any, tmp_path: Path) -> None:
    one = make()
    frame = one.to_pandas()
    frame.to_csv(tmp_path / "frame.csv", index=False)
    stored = pandas.read_csv(tmp_path / "frame.csv", parse_dates=["time"])
    through_arrow = pyarrow.table(one).to_pandas()
    for again in (frame, stored, through_arrow, frame.set_index("time"), pandas.DataFrame(one.to_numpy(missing="nan"))):
        assert oxicore.Recording.from_pandas(again).to_polars().equals(one.to_polars())


def test_columns_of_other_names_are_named() -> None:
    frame = night().to_pandas().rename(columns={"time": "t", "spo2_pct": "sat", "pulse_bpm": "hr"})
    again = oxicore.Recording.from_pandas(frame, time="t", spo2="sat", pulse="hr")
    assert again.to_polars().equals(night().to_polars())
    assert oxicore.Recording.from_pandas(frame, time="t", spo2="sat").pulse.mask.all()
    for names, message in (
        ({"time": "t"}, "no column 'spo2_pct'; there are t, sat, hr, motion: name it, spo2="),
        ({"spo2": "sat"}, "no column 'time'.*name it, time="),
        ({"time": "t", "spo2": "sat", "pulse": "pulse"}, "no column 'pulse'"),
    ):
        with pytest.raises(ValueError, match=message):
            oxicore.Recording.from_pandas(frame, **names)


@pytest.mark.parametrize("zone", ["Europe/Bucharest", "America/New_York"])
def test_a_naive_repeated_hour_is_kept_the_way_the_error_says(zone: str) -> None:
    begin = pandas.Timestamp("2026-10-25 00:00" if zone == "Europe/Bucharest" else "2026-11-01 05:00", tz="UTC")
    wall = pandas.date_range(begin, periods=1_800, freq="4s").tz_convert(zone).tz_localize(None)
    with pytest.raises(ValueError, match="went back an hour"):
        oxicore.Recording.from_arrays(wall, np.full(1_800, 96))
    again = oxicore.Recording.from_arrays(wall.tz_localize(zone, ambiguous="infer"), np.full(1_800, 96))
    assert (len(again), again.recording_s) == (1_800, 7_200)
