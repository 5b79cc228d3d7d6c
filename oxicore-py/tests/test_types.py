"""The types are complete and true."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1]
USE = """
import oxicore
from typing import assert_type
night = oxicore.read("night.csv")
numbers = night.analyze("mean120", listed_pct=4, max_motion=5)
assert_type(numbers.aasm.odi3.per_h, float | None)
assert_type(numbers.desaturations[0].depth_pct, int)
cohort: oxicore.Table = oxicore.read_many("*.csv")
assert_type(oxicore.read_many("*.csv", definitions="all", events=True).events, oxicore.Table)
night.analyze("osa")  # type: ignore[arg-type]
night.analyze(listed=3)  # type: ignore[call-arg]
"""


def run(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=PACKAGE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_mypy_in_strict_mode_finds_nothing() -> None:
    pytest.importorskip("mypy")
    run("mypy")


def test_the_stubs_are_those_of_the_compiled_module() -> None:
    pytest.importorskip("mypy")
    run("mypy.stubtest", "oxicore._core")


def test_a_caller_sees_the_types(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    use = tmp_path / "use.py"
    use.write_text(USE, encoding="utf-8")
    run("mypy", "--strict", "--warn-unused-ignores", "--python-version", "3.11", str(use))


def test_pyright_knows_the_type_of_every_exported_name(tmp_path: Path) -> None:
    """Its score is of packages as they are installed: a copy of ours where imports are looked for."""
    pytest.importorskip("pyright")
    shutil.copytree(PACKAGE / "python" / "oxicore", tmp_path / "oxicore")
    command = [sys.executable, "-m", "pyright", "--pythonpath", sys.executable, "--verifytypes", "oxicore", "--ignoreexternal"]
    own = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, text=True, check=False)
    assert "Type completeness score: 100%" in done.stdout, done.stdout[-3_000:] + done.stderr[-1_000:]
