"""Overnight oximetry: from the bytes of a recording to clinical numbers.

    >>> import oxicore
    >>> night = oxicore.read("night.csv")
    >>> night.analyze().aasm.odi3.per_h

Missing is ``None``, never 0. Units are part of the names: ``_s`` seconds, ``_pct`` percent, ``_bpm`` beats per minute,
``_per_h`` events per hour of valid signal.
"""

from __future__ import annotations

from ._analysis import (
    Aasm,
    AasmSettings,
    Analysis,
    Band,
    Burden,
    Desaturation,
    Device,
    FilterSettings,
    NestedOdi,
    Notices,
    Odi,
    Part,
    Pulse,
    PulseSettings,
    Quality,
    RecordingFacts,
    Settings,
    Spo2,
    TimeBelow,
    Viatom,
)
from ._errors import ParseError
from ._recording import Recording, read

__all__ = [
    "Aasm",
    "AasmSettings",
    "Analysis",
    "Band",
    "Burden",
    "Desaturation",
    "Device",
    "FilterSettings",
    "NestedOdi",
    "Notices",
    "Odi",
    "ParseError",
    "Part",
    "Pulse",
    "PulseSettings",
    "Quality",
    "Recording",
    "RecordingFacts",
    "Settings",
    "Spo2",
    "TimeBelow",
    "Viatom",
    "read",
]
