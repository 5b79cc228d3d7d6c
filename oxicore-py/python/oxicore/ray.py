"""A cohort on Ray Data. Needs ray[data] and pyarrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._extras import extra
from ._numbers import Profile

with extra("ray"):
    from ._batches import Analyze, has_files

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from ._numbers import AnalysisSettings


def analyze(data: Any, *, profile: Profile = "aasm", **settings: Unpack[AnalysisSettings]) -> Any:
    """The table of :func:`oxicore.read_many` for a Ray data set, computed by Ray's workers.

    Args:
        data: files, by ``path`` (which every worker must see) and ``content`` if it holds the bytes; or records, by
            ``night``, ``time`` (wall clock; of a time with a zone, the clock there) and ``spo2`` (percent), with ``pulse``
            and ``motion`` if there are any.
        profile: whose definition makes the columns ``odi3_…`` and ``odi4_…``.
        settings: as for :meth:`oxicore.Recording.analyze`.

    Files go through ``map_batches`` as Arrow tables, records through ``groupby("night").map_groups``. A night that cannot be
    read is a row with its error::

        oxicore.ray.analyze(ray.data.from_items([{"path": path} for path in paths])).write_parquet("cohort")
    """
    work = Analyze(profile, settings)
    if has_files(data.schema().names):
        return data.map_batches(work.files, batch_format="pyarrow")
    return data.groupby("night").map_groups(work.rows, batch_format="pyarrow")
