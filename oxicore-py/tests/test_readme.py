"""The examples of the READMEs are true."""

from __future__ import annotations

import re
import shutil

import oxicore
import pytest
from conftest import FIXTURES, REPOSITORY

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_the_python_example_runs_as_it_stands(
    tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    [example] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    shutil.copy(FIXTURES / "D1_vihealth_6col_20260102235930.csv", tmp_path / "night.csv")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(example, names)
    assert len(capsys.readouterr().out.splitlines()) == 6
    assert names["everything"]


def test_the_examples_of_the_package_run_as_they_stand(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib").use("agg")
    examples = re.findall(r"```python\n(.*?)```", (REPOSITORY / "oxicore-py" / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) == 4
    (tmp_path / "nights").mkdir()
    for seed in range(2):
        (tmp_path / "nights" / f"{seed}.csv").write_bytes(oxicore.synthetic_night(seed).to_csv())
    shutil.copy(tmp_path / "nights" / "0.csv", tmp_path / "night.csv")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec("".join(examples), names)
    assert len(names["nights"]) == 2  # type: ignore[arg-type]
