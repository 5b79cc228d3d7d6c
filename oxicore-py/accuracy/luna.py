"""Luna's peak-valley detection beside this library: another definition, so agreement and no equality, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import Any

import oxicore

from accuracy import nights
from accuracy.blocks import last_run, table
from accuracy.nights import Night
from accuracy.peers import Answers, Peer

#: Start, time of the nadir, stop, seconds; depth from the peak before, percent.
Valley = tuple[float, float, float, float]
#: What became of an event of the one in the other.
FATES = (
    "in both",
    "Luna alone: another valley of the same fall",
    "Luna alone: in a fall that is not counted",
    "Luna alone: nadir in no fall",
    "`aasm` alone: a shallower valley",
    "`aasm` alone: no valley",
)


def luna(peer: Peer, made: Sequence[Night], recorded: Sequence[Night]) -> str:
    """Its index beside ours, and of recorded nights event by event."""
    versions, answers = peer.ask([*made, *recorded])
    of_made, of_recorded = answers[: len(made)], answers[len(made) :]
    groups = (("designed signals", made, of_made), (f"recorded nights ({nights.digest(recorded)})", recorded, of_recorded))
    rows = [_agreement(of, depth, rise, asked, given) for of, asked, given in groups if asked for depth in (3, 4) for rise in (2, 3)]
    head = ["depth", "rise that ends a valley", "compared", "correlation", "Luna minus `aasm`, per h", "limits of agreement, per h"]
    return f"{last_run()}, {versions}.\n\n{table(head, rows)}{_events(recorded, of_recorded) if recorded else ''}"


def _agreement(of: str, depth: int, rise: int, asked: Sequence[Night], answers: Answers) -> list[str]:
    ours = [getattr(night.recording.analyze().aasm, f"odi{depth}").per_h for night in asked]
    pairs = [(one, other[f"{rise} {depth}"]) for one, other in zip(ours, answers, strict=True) if one is not None]
    found = oxicore.bland_altman([other for _, other in pairs], [one for one, _ in pairs])
    assert found.bias is not None and found.limits is not None
    agreement = [f"{correlation(pairs):.3f}", f"{found.bias:+.1f}", f"{found.limits[0]:+.1f} to {found.limits[1]:+.1f}"]
    return [f"{depth} %", f"{rise} %", f"{found.n} {of}", *agreement]


def _events(recorded: Sequence[Night], answers: Answers) -> str:
    """What became of every event of the recorded nights."""
    counts = {(depth, rise): Counter[str]() for depth in (3, 4) for rise in (2, 3)}
    for night, answer in zip(recorded, answers, strict=True):
        for (depth, rise), count in counts.items():
            events = night.recording.desaturations(listed_pct=depth).events
            count.update(fates(answer[f"valleys {rise}"], list(events), depth))
    head = ["events of the recorded nights", *(f"{depth} %, rise of {rise}" for depth, rise in counts)]
    return f"\n\n{table(head, [[fate, *(str(count[fate]) for count in counts.values())] for fate in FATES])}"


def fates(valleys: Sequence[Valley], falls: Sequence[dict[str, Any]], depth: int) -> Counter[str]:
    """Of every valley that deep and of every counted fall of `aasm`: they are one where the nadir lies in the fall."""
    found = Counter[str]()
    seen: set[int] = set()
    for valley in (valley for valley in valleys if valley[3] >= depth):
        fall = next((at for at, fall in enumerate(falls) if _holds(fall, valley)), None)
        if fall is None:
            found["Luna alone: nadir in no fall"] += 1
        elif not falls[fall]["counted"]:
            found["Luna alone: in a fall that is not counted"] += 1
        else:
            found["Luna alone: another valley of the same fall" if fall in seen else "in both"] += 1
            seen.add(fall)
    for fall in (fall for at, fall in enumerate(falls) if fall["counted"] and at not in seen):
        found["`aasm` alone: a shallower valley" if any(_holds(fall, one) for one in valleys) else "`aasm` alone: no valley"] += 1
    return found


def _holds(fall: dict[str, Any], valley: Valley) -> bool:
    return bool(fall["onset_s"] <= valley[1] < fall["end_s"])


def correlation(pairs: Sequence[tuple[float, float]]) -> float:
    """Pearson's."""
    one, other = ([value - sum(values) / len(values) for value in values] for values in zip(*pairs, strict=True))
    return sum(a * b for a, b in zip(one, other, strict=True)) / sqrt(sum(a * a for a in one) * sum(b * b for b in other))
