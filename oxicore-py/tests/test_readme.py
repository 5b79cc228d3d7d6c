"""The example of the README is true."""

from __future__ import annotations

import re
import shutil

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
