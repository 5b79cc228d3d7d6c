"""Figures that need nothing but the repository: a test makes them again and compares them with the page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import oxicore

from accuracy import nights
from accuracy.blocks import table

#: A line of the vectors.
Series = dict[str, Any]


def planted(oracles: Path) -> str:
    """Events found in signals whose events are known, by every definition."""
    rows, right, known = [], 0, 0
    for night, truth in nights.designed(oracles):
        found = {(row["profile"], row["threshold_pct"]): row["count"] for row in night.recording.compare()}
        both = [(truth[f"odi{depth}_events"], found["aasm", depth]) for depth in (3, 4)]
        known += sum(put is not None for put, _ in both)
        right += sum(put == got for put, got in both if put is not None)
        others = [f"{found[profile, 3]} / {found[profile, 4]}" for profile in ("pobm", "viatom", "mean120")]
        put_in, got = (" / ".join("?" if one is None else str(one) for one in pair) for pair in zip(*both, strict=True))
        rows.append([night.name, put_in, got, *others, truth["note"]])
    head = ["signal", "put in, 3 % / 4 %", "`aasm`", "`pobm`", "`viatom`", "`mean120`", "what it is"]
    files = sorted((oracles / "synthetic").glob("*.csv"))
    said = f"{len(rows)} signals (digest {nights.digest_of_files(files)}): `aasm` finds exactly what was put in for {right} of {known} known counts."
    return f"{said}\n\n{table(head, rows)}"


def vectors(oracles: Path) -> str:
    """Random series against a reference that was written apart."""
    path = oracles / "vectors.jsonl"
    series = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found: dict[str, list[tuple[int, bool]]] = {}
    for one in series:
        night = oxicore.Recording.from_arrays(one["t"], one["s"], pulse=one["p"])
        for name, expected, got in _pairs(one, night):
            found.setdefault(name, []).append((len(expected), expected == got))
    rows = [[name, str(sum(count for count, _ in each)), str(sum(not equal for _, equal in each))] for name, each in found.items()]
    said = f"{len(series)} random series with gaps, dropouts and steps of 1, 2 and 4 s (digest {nights.digest_of_files([path])})."
    return f"{said}\n\n{table(['what', 'values compared', 'series that differ'], rows)}"


def _pairs(one: Series, night: oxicore.Recording) -> Iterator[tuple[str, list[Any], list[Any]]]:
    numbers = night.analyze()
    first = one["t"][0]
    for depth in (3, 4):
        listed = numbers.desaturations if depth == 3 else night.analyze(listed_pct=4).desaturations
        expected = [[e[0] - first, e[1] - first, e[2] - first, *e[3:]] for e in one["events"][f"aasm{depth}"]]
        found = [[e.onset_s, e.nadir_s, e.end_s, e.peak_pct, e.nadir_pct, e.area_pct_s, e.outcome] for e in listed]
        yield f"events by `aasm`, {depth} %", expected, found
    drops = [numbers.viatom.drops3, numbers.viatom.drops4] if numbers.viatom else [0, 0]
    yield "drops by `viatom`, 3 and 4 %", [one["events"]["viatom3"], one["events"]["viatom4"]], drops
    spo2 = [] if numbers.spo2 is None else [numbers.spo2.below_90_s // night.interval_s, numbers.spo2.nadir_10s_pct]
    yield "readings below 90 %, lowest level held for 10 s", [one["t90"], one["nadir_10s"]], spo2


BLOCKS = {"planted": planted, "vectors": vectors}
