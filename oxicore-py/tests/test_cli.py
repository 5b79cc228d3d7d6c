"""The command ``oxicore``."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from nights import night
from oxicore._cli import main


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "night.csv"
    path.write_bytes(night().to_csv())
    return str(path)


def test_a_table_is_for_people(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", file]) == 0
    header, row, note = capsys.readouterr().out.splitlines()
    assert header.split()[:2] == ["night", "start"]
    assert row.startswith(file)
    assert f"{night().analyze().aasm.odi3.per_h:.1f}" in row.split()
    assert "not a diagnosis" in note


def test_csv_and_json_have_every_column(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", file, "--format", "csv", "--profile", "viatom"]) == 0
    [row] = csv.DictReader(capsys.readouterr().out.splitlines())
    assert main(["analyze", file, "--format", "json", "--profile", "viatom"]) == 0
    [same] = json.loads(capsys.readouterr().out)
    assert row["profile"] == same["profile"] == "viatom"
    assert float(row["odi3_per_h"]) == same["odi3_per_h"]
    assert (row["error"], same["error"]) == ("", None)


def test_parquet_is_written_to_a_file(file: str, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    out = tmp_path / "nights.parquet"
    assert main(["analyze", file, "--format", "parquet", "--output", str(out)]) == 0
    assert parquet.read_table(out)["odi3_per_h"].to_pylist() == [night().analyze().aasm.odi3.per_h]


def test_a_picture_is_drawn(file: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    out = tmp_path / "nights.png"
    assert main(["analyze", file, "--plot", str(out)]) == 0
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_bad_file_is_told_and_the_others_are_analysed(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "letter.txt"
    bad.write_text("Dear all", encoding="utf-8")
    assert main(["analyze", file, str(bad), "--format", "csv"]) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 3
    assert str(bad) in told.err


def test_wrong_use_has_a_code_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["analyze"])
    assert ended.value.code == 2
    assert "FILE" in capsys.readouterr().err


def test_a_library_that_is_not_installed_is_named(file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["analyze", file, "--format", "parquet"]) == 3
    assert "pyarrow" in capsys.readouterr().err


def test_a_terminal_sees_a_progress_bar(file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert main(["analyze", file, file]) == 0
    assert capsys.readouterr().err.endswith("[##############################] 2/2\n")


def test_the_module_is_the_command(file: str) -> None:
    done = subprocess.run([sys.executable, "-m", "oxicore", "analyze", file, "--format", "json"], capture_output=True, check=True)
    assert len(json.loads(done.stdout)) == 1
