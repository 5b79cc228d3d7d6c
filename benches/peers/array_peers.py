"""Python peers of the ratio run: a line `time NAME` is answered with nanoseconds of CPU time, `value NAME` with a number.

Started by the program `ratios` with the folder of its data. Levels are bytes, 255 is "no reading".
"""

import io
import sys
import time
from importlib.metadata import version
from pathlib import Path

import matplotlib
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.ndimage import maximum_filter1d
from tsdownsample import MinMaxDownsampler

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import pandas as pd  # noqa: E402
from matplotlib.collections import LineCollection  # noqa: E402

DATA = Path(sys.argv[1])
WINDOW = 30  # two minutes of records every four seconds
LEAST_NS = 50_000_000
PICTURE = (12.8, 7.2)


def levels(name):
    return np.fromfile(DATA / f"{name}.u8", dtype=np.uint8)


NIGHT = levels("night")
VALID = NIGHT[NIGHT != 255]
POINTS = {rows: levels(f"levels-{rows}") for rows in (30_000, 300_000, 10_000_000)}


def summary(peak, spo2):
    """Falls of 3 below the highest level of two minutes, and the distribution: what fits into array operations."""
    low = spo2 + 3 <= peak
    falls = int(np.count_nonzero(low[1:] & ~low[:-1]))
    return falls, spo2.mean(), int(spo2.min()), (spo2 < 90).mean(), (spo2 < 94).mean()


def sliding():
    padded = np.concatenate([np.zeros(WINDOW - 1, np.uint8), VALID])
    return summary(sliding_window_view(padded, WINDOW).max(axis=1), VALID)


def maximum():
    return summary(maximum_filter1d(VALID, WINDOW, origin=WINDOW // 2 - 1), VALID)


def rolling():
    peak = pd.Series(VALID).rolling(WINDOW, min_periods=1).max().to_numpy()
    return summary(peak, VALID)


def minmax(rows):
    return MinMaxDownsampler().downsample(POINTS[rows], n_out=1_000 if rows == 30_000 else 2_000)


def matplotlib_png():
    """Two panels, SpO2 coloured by level; the readings are in memory already."""
    figure, (upper, lower) = plt.subplots(2, 1, figsize=PICTURE, dpi=100, sharex=True)
    hours = np.arange(len(NIGHT)) * 4 / 3_600
    spo2 = np.where(NIGHT == 255, np.nan, NIGHT.astype(float))
    points = np.column_stack([hours, spo2]).reshape(-1, 1, 2)
    lines = LineCollection(np.concatenate([points[:-1], points[1:]], axis=1), cmap="RdYlGn", linewidth=1)
    lines.set_array(spo2[:-1])
    upper.add_collection(lines)
    upper.set_xlim(0, hours[-1])
    upper.set_ylim(70, 100)
    lower.plot(hours, PULSE, linewidth=1)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    plt.close(figure)
    return len(out.getvalue())


PULSE = np.where(levels("pulse") == 255, np.nan, levels("pulse").astype(float))

RUNS = {
    "sliding": sliding,
    "maximum": maximum,
    "rolling": rolling,
    "minmax-30000": lambda: minmax(30_000),
    "minmax-300000": lambda: minmax(300_000),
    "minmax-10000000": lambda: minmax(10_000_000),
    "matplotlib": matplotlib_png,
}
VALUES = {
    "mean": lambda: sliding()[1],
    "lowest": lambda: sliding()[2],
    "below-90": lambda: sliding()[3],
    "falls-differ": lambda: float(len({sliding()[0], maximum()[0], rolling()[0]}) - 1),
}


def nanoseconds(run):
    """CPU time of one run, of as many as a measurable time needs."""
    runs, began = 0, time.process_time_ns()
    while True:
        run()
        runs += 1
        spent = time.process_time_ns() - began
        if spent >= LEAST_NS:
            return spent / runs


def main():
    packages = ["numpy", "scipy", "pandas", "tsdownsample", "matplotlib"]
    named = ", ".join(f"{package} {version(package)}" for package in packages)
    print(f"Python {sys.version.split()[0]}: {named}", flush=True)
    for line in sys.stdin:
        kind, name = line.split()
        print(nanoseconds(RUNS[name]) if kind == "time" else VALUES[name](), flush=True)


main()
