"""Overnight oximetry: from the bytes of a recording to clinical numbers.

    >>> import oxicore
    >>> night = oxicore.synthetic_night()        # or oxicore.read("night.csv")
    >>> night.analyze().quality.short_recording
    False

Missing is ``None``, never 0. Units are part of the names: ``_s`` seconds, ``_pct`` percent, ``_bpm`` beats per minute,
``_per_h`` events per hour of valid signal.
"""

from __future__ import annotations

from ._agreement import Agreement, bland_altman
from ._analysis import Analysis
from ._burden import HypoxicBurden, hypoxic_burden
from ._core import __version__
from ._dictionary import column_dictionary
from ._desaturations import Desaturations
from ._errors import ParseError
from ._kinds import SkippedRow
from ._many import Cohort, CohortInterrupted, read_many
from ._nights import (
    MedianInterval,
    NightClass,
    NightsCompared,
    NightStatistics,
    Otherwise,
    Spread,
    compare_nights,
    night_statistics,
)
from ._numbers import (
    Aasm,
    AasmSettings,
    AnalysisSettings,
    Band,
    BelowRangeEvents,
    Burden,
    Desaturation,
    Device,
    FilterSettings,
    Index,
    NestedOdi,
    Notices,
    Odi,
    Part,
    Pulse,
    PulsePercentiles,
    PulseSettings,
    Quality,
    RecordingFacts,
    Settings,
    Spo2,
    Supplement,
    TimeBelow,
    Viatom,
)
from ._read import join, read
from ._reconcile import Definition, Event, LostEvent, Reconciliation
from ._recording import Recording
from ._synthetic import synthetic_night
from ._table import Table

__all__ = [
    "Aasm",
    "AasmSettings",
    "Agreement",
    "Analysis",
    "AnalysisSettings",
    "Band",
    "BelowRangeEvents",
    "Burden",
    "Cohort",
    "CohortInterrupted",
    "Definition",
    "Desaturation",
    "Desaturations",
    "Device",
    "Event",
    "FilterSettings",
    "HypoxicBurden",
    "Index",
    "LostEvent",
    "MedianInterval",
    "NestedOdi",
    "NightClass",
    "NightStatistics",
    "NightsCompared",
    "Notices",
    "Odi",
    "Otherwise",
    "ParseError",
    "Part",
    "Pulse",
    "PulsePercentiles",
    "PulseSettings",
    "Quality",
    "Reconciliation",
    "Recording",
    "RecordingFacts",
    "Settings",
    "SkippedRow",
    "Spo2",
    "Spread",
    "Supplement",
    "Table",
    "TimeBelow",
    "Viatom",
    "__version__",
    "bland_altman",
    "column_dictionary",
    "compare_nights",
    "hypoxic_burden",
    "join",
    "night_statistics",
    "read",
    "read_many",
    "synthetic_night",
]
