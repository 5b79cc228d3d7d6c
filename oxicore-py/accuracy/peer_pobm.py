"""pobm and o2ring-analyzer in a process of their own (pobm needs NumPy below 2): nights on standard input, one JSON object a
line, their numbers back."""

from __future__ import annotations

import json
import sys
import warnings
from importlib.metadata import version

import numpy as np
import pandas as pd
import scipy.signal
import scipy.stats

warnings.simplefilter("ignore")
# Names that pobm 1.2.0 imports and SciPy no longer has; what is compared does not use them.
scipy.stats.median_absolute_deviation = scipy.stats.median_abs_deviation
scipy.signal.hamming = scipy.signal.windows.hamming
# The mended counter: pobm numbers its events in eight bits, so that above 128 some vanish.
np.int8 = np.int64

from o2ring_analyzer.metrics import detect_desaturations  # noqa: E402
from pobm._ErrorHandler import WrongParameter  # noqa: E402
from pobm.obm.desat import DesaturationsMeasures  # noqa: E402


def pobm(seconds: list[float | None], threshold: int) -> int:
    """Number of desaturations; a signal without a reading, which it does not take, has none."""
    signal = np.array([np.nan if value is None else value for value in seconds], dtype=float)
    try:
        return len(DesaturationsMeasures(threshold).compute(signal).begin)
    except (WrongParameter, ValueError):
        return 0


def ring(at_s: list[int], spo2: list[int], drop: int) -> int:
    """Number of events of o2ring-analyzer."""
    times = np.array(at_s, dtype=float)
    stamps = pd.to_datetime(times, unit="s").to_numpy()
    return len(detect_desaturations(times, np.array(spo2, dtype=float), stamps, float(drop))) if at_s else 0


def counts(night: dict[str, list]) -> dict[str, int]:
    found = {f"pobm {threshold}": pobm(night["seconds"], threshold) for threshold in (3, 4)}
    return found | {f"mean120-analyzer {drop}": ring(night["at_s"], night["spo2"], drop) for drop in (3, 4)}


print(json.dumps({name: version(name) for name in ("pobm", "o2ring-analyzer", "numpy", "scipy")}), flush=True)
for line in sys.stdin:
    print(json.dumps(counts(json.loads(line))), flush=True)
