"""pobm as a peer of the ratio run, in an environment of its own: it needs NumPy below 2.

The same lines as `array_peers.py`: `time NAME`, `value NAME`.
"""

import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
from pobm._ResultsClasses import DesatMethodEnum
from pobm.obm.desat import DesaturationsMeasures

DATA = Path(sys.argv[1])


def signal(name):
    """One reading a second: pobm counts records and takes them for seconds."""
    raw = np.fromfile(DATA / f"{name}.u8", dtype=np.uint8).astype(float)
    raw[raw == 255] = np.nan
    return np.repeat(raw, 4)


SIGNALS = {path.stem: signal(path.stem) for path in DATA.glob("*night*.u8")}


def desaturations(name):
    measures = DesaturationsMeasures(ODI_Threshold=3, threshold_method=DesatMethodEnum.Relative)
    return measures.compute(SIGNALS[name])


def events(name):
    """ODI back to events; more than 127 do not fit into the counter it uses."""
    return desaturations(name).ODI * len(SIGNALS[name]) / 3_600


def main():
    print(f"Python {sys.version.split()[0]}: pobm {version('pobm')}, numpy {version('numpy')}", flush=True)
    for line in sys.stdin:
        kind, name = line.split()
        began = time.process_time_ns()
        answer = desaturations(name) if kind == "time" else events(name)
        print(time.process_time_ns() - began if kind == "time" else answer, flush=True)


main()
