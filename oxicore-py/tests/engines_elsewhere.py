"""Spark and Ray give what `read_many` gives. Too heavy for every run: `cargo xtask wheels --engines` runs this file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from test_engines import Rows, expected, expected_of_records, paths, records

__all__ = ["expected", "expected_of_records", "paths", "records"]


@pytest.fixture(scope="module")
def spark() -> Any:
    """A local Spark with two workers."""
    import pyspark.sql as sql

    os.environ["PYSPARK_PYTHON"] = sys.executable
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


def test_spark_reads_files_by_path(spark: Any, paths: list[str], expected: Rows) -> None:
    from oxicore.spark import analyze

    files = spark.createDataFrame([(path,) for path in paths], "path string").repartition(3)
    assert {row["source"]: row.asDict() for row in analyze(files).collect()} == expected


def test_spark_reads_files_by_content(spark: Any, paths: list[str], expected: Rows) -> None:
    from oxicore.spark import analyze

    files = spark.read.format("binaryFile").load(str(Path(paths[0]).parent))
    rows = {row["source"].removeprefix("file:"): row.asDict() for row in analyze(files).collect()}
    assert rows.keys() == expected.keys()
    assert all(rows[path]["odi3_per_h"] == row["odi3_per_h"] for path, row in expected.items())


def test_spark_gathers_the_records_of_a_night(spark: Any, records: Any, expected_of_records: Rows) -> None:
    from oxicore.spark import analyze

    spark.conf.set("spark.sql.timestampType", "TIMESTAMP_NTZ")
    frame = spark.createDataFrame(pyarrow.Table.from_pandas(records, preserve_index=False))
    assert {row["source"]: row.asDict() for row in analyze(frame).collect()} == expected_of_records


def test_spark_that_makes_a_zone_of_every_time_keeps_the_wall_clock(spark: Any, records: Any, expected_of_records: Rows) -> None:
    from oxicore.spark import analyze

    spark.conf.set("spark.sql.timestampType", "TIMESTAMP_LTZ")
    spark.conf.set("spark.sql.session.timeZone", "Europe/Bucharest")
    frame = spark.createDataFrame(records)
    assert {row["source"]: row.asDict() for row in analyze(frame).collect()} == expected_of_records


@pytest.fixture(scope="module")
def ray() -> Any:
    """A local Ray with two workers."""
    import ray as engine

    engine.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield engine
    engine.shutdown()


def test_ray_reads_files(ray: Any, paths: list[str], expected: Rows) -> None:
    from oxicore.ray import analyze

    nights = analyze(ray.data.from_items([{"path": path} for path in paths]))
    assert {row["source"]: row for row in nights.take_all()} == expected


def test_ray_gathers_the_records_of_a_night(ray: Any, records: Any, expected_of_records: Rows) -> None:
    from oxicore.ray import analyze

    nights = analyze(ray.data.from_arrow(pyarrow.Table.from_pandas(records, preserve_index=False)))
    assert {row["source"]: row for row in nights.take_all()} == expected_of_records
