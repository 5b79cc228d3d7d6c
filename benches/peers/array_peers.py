"""Python peers of the ratio run: a line `time NAME` is answered with nanoseconds of CPU time, `value NAME` with a number.

Started by the program `ratios` with the folder of its data. Levels are bytes, 255 is "no reading".
"""

import io
import sys
import time
from functools import partial
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
EVENTS = [(onset / 3_600, (end - onset) / 3_600) for onset, end in np.loadtxt(DATA / "events.txt", ndmin=2)]
SIGNALS = {name: levels(name) for name in (path.stem for path in DATA.glob("points-*.u8"))}


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


def minmax(name):
    """`points-KEPT-...` is reduced to so many points."""
    return MinMaxDownsampler().downsample(SIGNALS[name], n_out=int(name.split("-")[1]))


def matplotlib_png():
    """The platform's picture as one writes it with matplotlib: from the file, but the events are found already."""
    night = pd.read_csv(DATA / "night.csv", na_values="--")
    clock = pd.to_datetime(night["Time"], format="%H:%M:%S %d/%m/%Y")
    hours = (clock - clock.iloc[0]).dt.total_seconds().to_numpy() / 3_600
    spo2, pulse, motion = (night[name].to_numpy(float) for name in ("Oxygen Level", "Pulse Rate", "Motion"))
    figure, panels = plt.subplots(3, 1, figsize=PICTURE, dpi=100, sharex=True, height_ratios=(7, 3, 1))
    points = np.column_stack([hours, spo2]).reshape(-1, 1, 2)
    line = LineCollection(np.concatenate([points[:-1], points[1:]], axis=1), cmap="RdYlGn", linewidth=1.5)
    line.set_array(spo2[:-1])
    panels[0].broken_barh(EVENTS, (70, 30), color="bisque")
    panels[0].add_collection(line)
    panels[0].set(xlim=(0, hours[-1]), ylim=(70, 100), ylabel="SpO2, %")
    for level in (90, 88):
        panels[0].axhline(level, linestyle="--", linewidth=1)
    figure.colorbar(line, ax=panels)
    panels[1].plot(hours, pulse, linewidth=1)
    panels[1].set_ylabel("Pulse, bpm")
    panels[2].vlines(hours[motion > 0], 0, motion[motion > 0], linewidth=1)
    for panel in panels:
        panel.grid(linewidth=0.5)
    out = io.BytesIO()
    figure.savefig(out, format="png")
    plt.close(figure)
    return len(out.getvalue())


RUNS = {
    "sliding": sliding,
    "maximum": maximum,
    "rolling": rolling,
    **{name: partial(minmax, name) for name in SIGNALS},
    "matplotlib": matplotlib_png,
}
VALUES = {
    "mean": lambda: sliding()[1],
    "lowest": lambda: sliding()[2],
    "below-90": lambda: sliding()[3],
    "below-94": lambda: sliding()[4],
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
