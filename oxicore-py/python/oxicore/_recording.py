"""One recorded night."""

from __future__ import annotations

import os
from datetime import datetime
from typing import Literal

from . import _core
from ._analysis import Analysis


class Recording:
    """One night as the device recorded it; made by :func:`read`, never changed."""

    __slots__ = ("_core",)

    def __init__(self, data: bytes, *, file_name: str | None = None) -> None:
        self._core = _core.Recording(data, file_name)

    def __len__(self) -> int:
        """Number of records, missing readings included; at least 1."""
        return len(self._core)

    def __repr__(self) -> str:
        return (
            f"<oxicore.Recording {self.format}, {self.start.isoformat(sep=' ')}, "
            f"{len(self)} records every {self.interval_s} s>"
        )

    @property
    def format(self) -> Literal["csv", "legacy", "oxyii", "pod2", "edf", "contec", "choicemmed"]:
        """Kind of file."""
        return self._core.format

    @property
    def start(self) -> datetime:
        """Wall clock of the first record as the device had it, without a time zone."""
        return self._core.start

    @property
    def interval_s(self) -> int:
        """Sampling interval, seconds: the most frequent step between records."""
        return self._core.interval_s

    @property
    def recording_s(self) -> int:
        """Time from the first record to the end of the last one, seconds."""
        return self._core.recording_s

    def analyze(self, profile: Literal["aasm"] = "aasm", *, listed_pct: Literal[3, 4] = 3) -> Analysis:
        """All numbers of the night, and its desaturations.

        Args:
            profile: whose definition of a desaturation makes the list of events. Counts of every profile are in the
                result whatever is listed.
            listed_pct: smallest depth of the listed events, percent.

        Raises:
            ValueError: ``profile`` lists no events, or ``listed_pct`` is neither 3 nor 4.
        """
        if profile != "aasm":
            raise ValueError(f"no list of events for profile {profile!r}; profiles that have one: 'aasm'")
        return Analysis._from_json(*self._core.analyze(listed_pct))

    def to_csv(self) -> bytes:
        """The night as text that nearly every tool reads; reading it back gives the same samples.

        Raises:
            ValueError: a record is after the year 2100.
        """
        return self._core.to_csv()

    def to_edf(self, *, listed_pct: Literal[3, 4] = 3) -> bytes:
        """The night as EDF+: SpO2, pulse, motion, and its desaturations as annotations. No patient is named.

        Args:
            listed_pct: smallest depth of the annotated events, percent.

        Raises:
            ValueError: ``listed_pct`` is neither 3 nor 4, or a time has more than eight digits.
        """
        return self._core.to_edf(listed_pct)


def read(
    source: str | os.PathLike[str] | bytes | bytearray | memoryview, *, file_name: str | None = None
) -> Recording:
    """Reads one recording of any known format, recognised by its content.

    Args:
        source: path of a file, or the content of one.
        file_name: name of the file when ``source`` is its content. Its 14-digit time stamp settles day-first or
            month-first dates where the text alone does not.

    Raises:
        ParseError: the content is not a recording; says what is wrong, and where.
        OSError: the file cannot be read.
    """
    if isinstance(source, bytes):
        return Recording(source, file_name=file_name)
    if isinstance(source, (bytearray, memoryview)):
        return Recording(bytes(source), file_name=file_name)
    path = os.fspath(source)
    with open(path, "rb") as file:
        data = file.read()
    return Recording(data, file_name=file_name or os.fsdecode(path))
