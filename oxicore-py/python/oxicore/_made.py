"""What a night was made of: another process makes it again from that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

from . import _core
from ._hints import Hints


@dataclass(frozen=True, slots=True)
class OfFile:
    """The bytes of a file, and what was said of it."""

    data: bytes
    name: str | None
    interval_s: int | None
    hints: Hints | None
    rows_skipped: int

    def make(self) -> _core.Recording:
        """Reads it."""
        return _core.Recording(self.data, self.name, self.interval_s, self.hints, self.rows_skipped)


@dataclass(frozen=True, slots=True)
class OfArrays:
    """Seconds since 1970; SpO2 in whole percents and as it was given, pulse and motion; -1 for no reading."""

    columns: tuple[Any, Any, Any, Any, Any]

    def make(self) -> _core.Recording:
        """Puts them together."""
        return _core.Recording.of_arrays(*self.columns)


@dataclass(frozen=True, slots=True)
class OfPart:
    """A stretch of another night, seconds from its first record."""

    whole: Made
    begin_s: int
    end_s: int

    def make(self) -> _core.Recording:
        """Makes the whole night and cuts it."""
        made = self.whole.make().part(self.begin_s, self.end_s)
        assert made is not None, "it was there when the part was first made"
        return made


@dataclass(frozen=True, slots=True)
class OfNights:
    """The files of one night."""

    parts: tuple[Made, ...]
    rows_skipped: int

    def make(self) -> _core.Recording:
        """Makes each and joins them."""
        return _core.Recording.joined([part.make() for part in self.parts], self.rows_skipped)


Made: TypeAlias = OfFile | OfArrays | OfPart | OfNights
