"""A cohort on Apache Spark. Needs pyspark 4, pandas and pyarrow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ._extras import extra
from ._numbers import Profile

with extra("spark"):
    import pyarrow

    from ._batches import Analyze, has_files, schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame
    from typing_extensions import Unpack

    from ._numbers import AnalysisSettings

#: Words of Spark for our types; its clock counts microseconds.
_TYPES = {
    pyarrow.int64(): ("bigint", pyarrow.int64()),
    pyarrow.float64(): ("double", pyarrow.float64()),
    pyarrow.bool_(): ("boolean", pyarrow.bool_()),
    pyarrow.string(): ("string", pyarrow.string()),
    pyarrow.timestamp("s"): ("timestamp_ntz", pyarrow.timestamp("us")),
}


def analyze(frame: DataFrame, *, profile: Profile = "aasm", **settings: Unpack[AnalysisSettings]) -> DataFrame:
    """The table of :func:`oxicore.read_many` for a Spark data frame, computed by Spark's workers.

    Args:
        frame: files, by ``path`` (which every worker must see) and ``content`` if it holds the bytes, as
            ``spark.read.format("binaryFile")`` does; or records, by ``night``, ``time`` (wall clock; of a time with a zone,
            the clock there) and ``spo2`` (percent), with ``pulse`` and ``motion`` if there are any.
        profile: whose definition makes the columns ``odi3_…`` and ``odi4_…``.
        settings: as for :meth:`oxicore.Recording.analyze`.

    Files go through ``mapInArrow``, records through ``groupBy("night").applyInArrow``. A night that cannot be read is a row
    with its error::

        files = spark.read.format("binaryFile").load("s3://nights/*.csv")
        oxicore.spark.analyze(files).write.parquet("cohort.parquet")
    """
    work = Analyze(profile, settings)
    types = ", ".join(f"`{field.name}` {_TYPES[field.type][0]}" for field in schema())

    def files(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            yield from _for_spark(work.files(pyarrow.Table.from_batches([batch]))).to_batches()

    def rows(night: pyarrow.Table) -> pyarrow.Table:
        return _for_spark(work.rows(night))

    if has_files(frame.columns):
        return frame.select([name for name in ("path", "content") if name in frame.columns]).mapInArrow(files, types)
    return frame.groupBy("night").applyInArrow(rows, types)


def _for_spark(nights: pyarrow.Table) -> pyarrow.Table:
    return nights.cast(pyarrow.schema([(field.name, _TYPES[field.type][1]) for field in nights.schema]))
