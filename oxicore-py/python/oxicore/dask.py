"""A cohort on Dask. Needs dask[dataframe], pandas and pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._extras import extra
from ._numbers import Profile

with extra("dask"):
    import pandas
    import pyarrow

    from ._batches import Analyze, has_files, schema

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._numbers import AnalysisSettings


def analyze(frame: Any, *, profile: Profile = "aasm", **settings: Unpack[AnalysisSettings]) -> Any:
    """The table of :func:`oxicore.read_many` for a Dask data frame, computed by Dask's workers; columns are Arrow's.

    Args:
        frame: files, by ``path`` (which every worker must see) and ``content`` if it holds the bytes; or records, by
            ``night``, ``time`` (wall clock; of a time with a zone, the clock there) and ``spo2`` (percent), with ``pulse``
            and ``motion`` if there are any.
        profile: whose definition makes the columns ``odi3_…`` and ``odi4_…``.
        settings: as for :meth:`oxicore.Recording.analyze`.

    Partitions go through ``map_partitions``; records are shuffled first, so that a night lies in one partition. A night that
    cannot be read is a row with its error::

        files = dask.dataframe.from_pandas(pandas.DataFrame({"path": paths}), npartitions=64)
        oxicore.dask.analyze(files).to_parquet("cohort")
    """
    work = Analyze(profile, settings)
    empty = _for_pandas(schema().empty_table())
    if has_files(list(frame.columns)):
        return frame.map_partitions(_Partition(work, "files"), meta=empty)
    return frame.shuffle("night").map_partitions(_Partition(work, "rows"), meta=empty)


class _Partition:
    """What a worker does with its part of the table."""

    def __init__(self, work: Analyze, kind: str) -> None:
        self._work = work
        self._kind = kind

    def __call__(self, part: pandas.DataFrame) -> pandas.DataFrame:
        batch = pyarrow.Table.from_pandas(part, preserve_index=False)
        return _for_pandas(getattr(self._work, self._kind)(batch))


def _for_pandas(nights: pyarrow.Table) -> pandas.DataFrame:
    frame: pandas.DataFrame = nights.to_pandas(types_mapper=pandas.ArrowDtype)
    return frame
