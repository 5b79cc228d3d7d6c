"""pobm in a process of its own: it finds the desaturations of the first line's
readings and keeps those of the second; then a line on standard input is one round, its CPU seconds are the answer."""

from __future__ import annotations

import json
import sys
import time
import warnings

import numpy as np
import scipy.signal
import scipy.stats

warnings.simplefilter("ignore")
# Names that pobm 1.2.0 imports and SciPy no longer has; what is measured does not use them.
scipy.stats.median_absolute_deviation = scipy.stats.median_abs_deviation
scipy.signal.hamming = scipy.signal.windows.hamming

from pobm.obm.desat import DesaturationsMeasures  # noqa: E402

part = np.array(json.loads(sys.stdin.readline()), dtype=float)
found = DesaturationsMeasures(3).compute(part)
print(json.dumps({"begin": [int(at) for at in found.begin], "end": [int(at) for at in found.end]}), flush=True)
spo2 = np.array(json.loads(sys.stdin.readline()), dtype=float)
print("ready", flush=True)
for _ in sys.stdin:
    begin = time.process_time()
    DesaturationsMeasures(3).compute(spo2)
    print(time.process_time() - begin, flush=True)
