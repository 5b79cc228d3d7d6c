"""Plotly with a headless browser as a peer of the ratio run, in an environment of its own: `time NAME`, `value NAME`.

The CPU time is that of this process and of all below it: kaleido 0.2.1 brings its Chromium.
"""

import os
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io as pio
from plotly.subplots import make_subplots

DATA = Path(sys.argv[1])
EVENTS = [(onset / 3_600, end / 3_600) for onset, end in np.loadtxt(DATA / "events.txt", ndmin=2)]
TICKS_NS = 1_000_000_000 // os.sysconf("SC_CLK_TCK")
SHADING = {"type": "rect", "yref": "y domain", "y0": 0, "y1": 1, "fillcolor": "bisque", "line_width": 0, "layer": "below"}


def night():
    """Hours, SpO2, pulse and motion of the file."""
    rows = pd.read_csv(DATA / "night.csv", na_values="--")
    clock = pd.to_datetime(rows["Time"], format="%H:%M:%S %d/%m/%Y")
    hours = (clock - clock.iloc[0]).dt.total_seconds().to_numpy() / 3_600
    return hours, *(rows[name].to_numpy(float) for name in ("Oxygen Level", "Pulse Rate", "Motion"))


def panels():
    """The platform's picture as one writes it with Plotly; a line has one colour there, so SpO2 is a marker a reading."""
    hours, spo2, pulse, motion = night()
    figure = make_subplots(rows=3, cols=1, shared_xaxes=True, row_heights=[7, 3, 1], vertical_spacing=0.03)
    marker = {"color": spo2, "colorscale": "RdYlGn", "size": 4, "showscale": True}
    figure.add_trace(go.Scattergl(x=hours, y=spo2, mode="markers", marker=marker), row=1, col=1)
    figure.add_trace(go.Scattergl(x=hours, y=pulse, mode="lines", line_width=1), row=2, col=1)
    figure.add_trace(go.Bar(x=hours[motion > 0], y=motion[motion > 0]), row=3, col=1)
    figure.update_layout(shapes=[{**SHADING, "xref": "x", "x0": onset, "x1": end} for onset, end in EVENTS])
    return figure


def dense():
    """A curve without holes in the colours of its levels: thirty markers a reading over a line, with texts to hover."""
    hours, spo2, pulse, _ = night()
    known = ~np.isnan(spo2)
    fine = np.linspace(0, hours[-1], 30 * len(hours))
    level = np.interp(fine, hours[known], spo2[known])
    texts = [f"SpO2: {pct:.1f} %<br>{hour:.3f} h" for hour, pct in zip(fine, level, strict=True)]
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, row_heights=[7, 3], vertical_spacing=0.05)
    marker = {"color": level, "colorscale": "RdYlGn", "size": 4, "showscale": True}
    curve = {"mode": "lines+markers", "marker": marker, "line_width": 3, "text": texts, "hoverinfo": "text"}
    figure.add_trace(go.Scattergl(x=fine, y=level, **curve), row=1, col=1)
    figure.add_trace(go.Scattergl(x=hours, y=pulse, mode="lines", line_width=2), row=2, col=1)
    return figure


def png(figure):
    figure.update_layout(showlegend=False, template="plotly_white")
    figure.update_yaxes(range=[70, 100], title="SpO2, %", row=1)
    figure.update_yaxes(title="Pulse, bpm", row=2)
    return figure.to_image(format="png", width=1280, height=720)


def another_browser():
    """The next picture starts a browser for itself."""
    pio.kaleido.scope._shutdown_kaleido()


def cpu_ns():
    """User and system time of this process and of all below it, those that have ended included."""
    processes = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # Ended meanwhile: its parent has its time.
        processes[int(folder.name)] = int(fields[1]), sum(map(int, fields[11:15]))
    family = {os.getpid()}
    while below := {process for process, (parent, _) in processes.items() if parent in family} - family:
        family |= below
    return TICKS_NS * sum(processes[process][1] for process in family)


# What is done beforehand, and the figure. The first is drawn by the browser that drew the picture before.
PICTURES = {"panels": (lambda: None, panels), "dense": (another_browser, dense)}


def nanoseconds(name):
    prepare, figure = PICTURES[name]
    prepare()
    began = cpu_ns()
    png(figure())
    return cpu_ns() - began


def main():
    named = ", ".join(f"{package} {version(package)}" for package in ("plotly", "kaleido", "pandas"))
    bytes_drawn = {name: len(png(figure())) for name, (_, figure) in PICTURES.items()}
    print(f"Python {sys.version.split()[0]}: {named}", flush=True)
    for line in sys.stdin:
        kind, name = line.split()
        print(nanoseconds(name) if kind == "time" else bytes_drawn[name], flush=True)


if __name__ == "__main__":
    main()
