"""Nights that tests make up."""

from __future__ import annotations

import functools

import oxicore

HEADER = b"Time,Oxygen Level,Pulse Rate,Motion\n"
#: Four records, the second without SpO2, and a pause of a minute before the last.
SHORT = HEADER + (
    b"23:59:58 Jan 02 2026,96,58,0\n"
    b"00:00:02 Jan 03 2026,--,61,3\n"
    b"00:00:06 Jan 03 2026,95,60,0\n"
    b"00:01:06 Jan 03 2026,94,60,0\n"
)


@functools.cache
def night(seed: int = 0, hours: float = 2.0) -> oxicore.Recording:
    """A made-up night; the same one again for the same arguments."""
    return oxicore.synthetic_night(seed, hours=hours)
