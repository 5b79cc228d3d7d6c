"""Other programs, each in a Python of its own, beside this library on the same readings."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accuracy import nights
from accuracy.blocks import last_run, table
from accuracy.nights import Night

#: Of each night what a peer found; indices by the name of a profile or detector and the depth: ``pobm 3``.
Answers = list[dict[str, Any]]


@dataclass(frozen=True)
class Peer:
    """A script and the interpreter that has what it needs."""

    interpreter: Path
    script: Path

    def ask(self, asked: Sequence[Night]) -> tuple[str, Answers]:
        """Versions, and an answer for each night."""
        lines = "".join(f"{json.dumps(night.plain())}\n" for night in asked)
        done = subprocess.run([self.interpreter, self.script], input=lines, capture_output=True, text=True, check=False)
        said = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode or len(said) != len(asked) + 1:
            raise RuntimeError(f"{self.script.name} gave up: {done.stderr[-2_000:]}")
        return ", ".join(f"{name} {version}" for name, version in said[0].items()), said[1:]


def toolboxes(peer: Peer, made: Sequence[Night], recorded: Sequence[Night]) -> str:
    """Numbers of events of pobm and o2ring-analyzer, and of the profiles that are theirs."""
    versions, answers = peer.ask([*made, *recorded])
    rows = _toolbox_rows("designed signals", made, answers)
    rows += _toolbox_rows(f"recorded nights ({nights.digest(recorded)})", recorded, answers[len(made) :]) if recorded else []
    return f"{last_run()}, {versions}. Numbers of events:\n\n{table(['profile', 'compared', 'equal', 'largest difference'], rows)}"


def _toolbox_rows(of: str, asked: Sequence[Night], answers: Answers) -> list[list[str]]:
    rows = []
    ours = [{f"{row['profile']} {row['threshold_pct']}": row["count"] for row in night.recording.compare()} for night in asked]
    for name in answers[0]:
        apart = [abs(one[name] - int(other[name])) for one, other in zip(ours, answers, strict=False)]
        rows.append([f"`{name.replace(' ', '`, ')} %", f"{len(apart)} {of}", str(apart.count(0)), str(max(apart))])
    return rows
