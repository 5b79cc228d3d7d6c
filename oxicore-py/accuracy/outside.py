"""Figures of recorded nights: of the maker's report and the devices' own counts. What is written is agreement, never a reading."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import oxicore

from accuracy import nights
from accuracy.blocks import last_run, table
from accuracy.nights import Night


def vendor(report: Path, recorded: Sequence[Night]) -> str:
    """Line by line of a printed report, of the night that began when it says."""
    printed: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    [night] = [one for one in recorded if f"{one.recording.start:%Y-%m-%d %H:%M}" == printed["start"]]
    lines = list(_printed_lines(printed, night.recording.analyze()))
    differ = [name for name, expected, found in lines if expected != found]
    outcome = f"those that differ: {', '.join(differ)}" if differ else "all equal"
    return f"{last_run()}, one report of a Checkme O2 ({nights.digest([night])}). {len(lines)} printed figures, {outcome}."


def _printed_lines(printed: dict[str, Any], numbers: oxicore.Analysis) -> Iterator[tuple[str, Any, Any]]:
    ours, spo2, pulse = numbers.viatom, numbers.spo2, numbers.pulse
    if ours is None or spo2 is None or pulse is None:
        raise ValueError("the night of the report has no readings")
    for depth, drops, per_h in ((3, ours.drops3, ours.drops3_per_h), (4, ours.drops4, ours.drops4_per_h)):
        yield f"drops over {depth} %", printed[f"drops_over_{depth}"], drops
        yield f"drops over {depth} % per hour", float(printed[f"drops_over_{depth}_per_h"]), round(per_h, 2)
    for group, bands in (("bands", ours.spo2_bands), ("pulse_threshold", ours.pulse_bands or ())):
        for (name, (time, percent)), band in zip(printed[group].items(), bands, strict=True):
            yield f"time {name}", time, _clock(band.seconds)
            yield f"share {name}", percent, f"{band.pct:.2f}%"
    yield "time <90", printed["threshold_90"]["<90"], [_clock(ours.below_90.seconds), f"{ours.below_90.pct:.2f}%"]
    yield "duration", printed["duration"], _clock(ours.duration_s)
    yield "SpO2", printed["spo2"], {"max": spo2.max_pct, "mean": round(spo2.mean_pct), "min": spo2.min_pct}
    yield "pulse", printed["pulse"], {"max": pulse.max_bpm, "mean": round(pulse.mean_bpm), "min": pulse.min_bpm}


def _clock(seconds: int) -> str:
    """As the report prints it: without hours where there are none."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}" if minutes >= 60 else f"{minutes:02}:{rest:02}"


def headers(folder: Path) -> str:
    """What devices counted by themselves and wrote into their files, beside the same of profile `viatom`."""
    binaries = nights.recorded(folder)
    equal: dict[str, list[bool]] = {}
    for night in binaries:
        for name, theirs, ours in _header_fields(night.recording.analyze()):
            equal.setdefault(name, []).append(theirs == ours)
    rows = [[name, str(len(found)), str(sum(found))] for name, found in equal.items()]
    head = ["field", "files that have it", "equal"]
    return f"{last_run()}, {len(binaries)} files ({nights.digest(binaries)}).\n\n{table(head, rows)}"


def _header_fields(numbers: oxicore.Analysis) -> Iterator[tuple[str, int, int]]:
    theirs, ours, spo2 = numbers.device, numbers.viatom, numbers.spo2
    if theirs is None or ours is None or spo2 is None:
        return
    yield "drops of 3 %", theirs.drops3, ours.drops3
    yield "drops of 4 %", theirs.drops4, ours.drops4
    yield "dips below 90 %", theirs.dips_below_90, ours.dips_below_90
    yield "seconds below 90 %", theirs.below_90_s, spo2.below_90_s
    if theirs.min_pct is not None:
        yield "lowest SpO2", theirs.min_pct, spo2.min_pct


def burden(folder: Path) -> str:
    """The published example of calcHB, where the package has the function and the folder its data."""
    calculate = getattr(oxicore, "hypoxic_burden", None)
    if calculate is None:
        return "Not yet: the package does not offer the burden of external events."
    path = folder / "published-example.json"
    example: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return f"{last_run()}, {example['source']} (digest {nights.digest_of_files([path])}).\n\n{_burden_table(example, calculate)}"


def _burden_table(example: dict[str, Any], calculate: Any) -> str:
    rows = []
    for readings, key, name in (("recorded_spo2", "expected_on_recorded_values", "as recorded"), ("spo2", "expected", "whole percents")):
        found = calculate(example[readings], example["event_start_s"], example["event_duration_s"], example["sleep"])
        expected, got = example[key]["hypoxic_burden_pctmin_h"], found.hypoxic_burden_pctmin_h
        window = "{:+} to {:+} s".format(*found.window_s)
        rows.append([name, f"{expected:.6f}", f"{got:.6f}", f"{abs(got - expected):.1e}", window])
    return table(["readings", "expected, % min/h", "here", "apart", "window"], rows)
