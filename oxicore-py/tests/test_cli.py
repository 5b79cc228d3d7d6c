"""The command ``oxicore``."""

from __future__ import annotations

import csv
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import oxicore
import pytest
from nights import night
from oxicore import _cli
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
    assert night().analyze().quality.below_range_readings == 0
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
    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 3
    assert str(bad) in printed.err


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


def test_a_folder_and_a_pattern_are_their_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_bytes(night().to_csv())
    for given in (str(tmp_path), str(tmp_path / "*.csv")):
        assert main(["analyze", given, "--format", "json"]) == 0
        assert [Path(row["source"]).name for row in json.loads(capsys.readouterr().out)] == ["a.csv", "b.csv"]


@pytest.mark.parametrize("options", [["--output", "none/out.csv"], ["--plot", "none/out.png"], ["--plot", "out.docx"]])
def test_output_that_cannot_be_written_is_told_in_one_line(file: str, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    if "--plot" in options:
        pytest.importorskip("matplotlib")
    assert main(["analyze", file, *options]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_no_picture_is_drawn_of_nothing(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    assert main(["analyze", str(tmp_path / "letter.txt"), "--plot", str(tmp_path / "out.png")]) == 1
    assert not (tmp_path / "out.png").exists()


def run(*arguments: str, then: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """The command in a shell of its own, with what comes after it; Python writes as it does unasked."""
    command = " ".join(map(shlex.quote, [sys.executable, "-m", "oxicore", "analyze", *arguments]))
    own = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"} | variables
    return subprocess.run(["bash", "-c", f"{command} {then}"], capture_output=True, text=True, timeout=60, env=own)


def test_who_stops_reading_gets_no_complaint(file: str) -> None:
    cut = run(*[file] * 400, "--format", "json", then="| head -1; exit ${PIPESTATUS[0]}")
    assert (cut.stdout, cut.stderr, cut.returncode) == ("[\n", "", 141)


def test_a_name_that_the_terminal_cannot_show_does_not_end_the_command(tmp_path: Path) -> None:
    path = tmp_path / "nächste.csv"
    path.write_bytes(night().to_csv())
    shown = run(str(path), PYTHONIOENCODING="ascii")
    assert (shown.returncode, "n\\xe4chste.csv" in shown.stdout) == (0, True)


def test_interrupted_it_ends_without_a_trace(file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("oxicore._cli.read_many", interrupted)
    assert main(["analyze", file]) == 130
    assert capsys.readouterr().err == ""


def test_the_module_is_the_command(file: str) -> None:
    done = subprocess.run([sys.executable, "-m", "oxicore", "analyze", file, "--format", "json"], capture_output=True, check=True)
    assert len(json.loads(done.stdout)) == 1


def refused(arguments: list[str], path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is written where the file to read is."""
    before = path.read_bytes()
    assert main(["analyze", *arguments]) == 2
    printed = capsys.readouterr()
    assert (printed.out, path.read_bytes()) == ("", before)
    assert "one of the files to read" in printed.err
    assert len(printed.err.splitlines()) == 1


@pytest.mark.parametrize("option", ["--output", "--plot"])
def test_a_file_to_read_is_never_written_over(option: str, file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, other, link = Path(file), tmp_path / "other.csv", tmp_path / "link.png"
    other.write_bytes(b"Dear all")
    link.symlink_to(path)
    refused([file, option, file], path, capsys)
    refused([str(other), file, option, str(link)], path, capsys)
    refused([str(other), str(link), option, file], path, capsys)
    refused([str(tmp_path), option, file], path, capsys)
    refused([str(tmp_path / "n*.csv"), option, os.path.relpath(file)], path, capsys)


def test_an_older_result_is_written_over(file: str, tmp_path: Path) -> None:
    out = tmp_path / "nights.txt"
    out.write_text("old", encoding="utf-8")
    assert main(["analyze", file, str(tmp_path / "gone.csv"), "--output", str(out)]) == 1
    assert "not a diagnosis" in out.read_text(encoding="utf-8")


def test_a_folder_without_files_is_told(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".DS_Store").write_bytes(b"x")
    assert main(["analyze", str(tmp_path / "empty")]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", f"oxicore: no file is in the folder {str(tmp_path / 'empty')!r} or the folders in it\n")


def test_every_exit_code_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = " ".join(capsys.readouterr().out.split())
    codes = (_cli.ALL_READ, _cli.SOME_FAILED, _cli.WRONG_USE, _cli.NOT_INSTALLED, _cli.INTERRUPTED, _cli.CUT_OFF)
    readme = " ".join((Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8").split("Exit codes:")[1].split())
    assert all(f" {code} " in shown and f" {code} " in f" {readme}" for code in codes)


def test_settings_reach_the_numbers_and_are_said(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--set", "max_motion=5", "--set", "slope=false", "--set", "recovery=peak", "--set", "spo2_range_pct=[60, 100]"]
    assert main(["analyze", file, *arguments]) == 0
    *_, said = capsys.readouterr().out.splitlines()
    assert said.startswith("settings changed: ")
    assert all(setting in said for setting in ("max_motion=5", "slope=False", "recovery='peak'", "spo2_range_pct=[60, 100]"))
    assert main(["analyze", file, *arguments, "--format", "json"]) == 0
    [row] = json.loads(capsys.readouterr().out)
    numbers = night().analyze(max_motion=5, slope=False, recovery="peak", spo2_range_pct=(60, 100))
    assert row["odi3_per_h"] == numbers.aasm.odi3.per_h and json.loads(row["settings"]) == numbers.changed_settings


@pytest.mark.parametrize(("given", "printed"), [("max_motion", "NAME=VALUE"), ("look_ahead_s=3", "no setting"), ("max_motion=-1", "between 0 and 255"), ("slope=5", "slope")])
def test_a_setting_that_is_none_is_wrong_use(given: str, printed: str, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyze", file, "--set", given]) == 2
    assert printed in capsys.readouterr().err


def test_events_are_written_beside_the_table(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "events.csv"
    assert main(["analyze", file, "--events", str(written)]) == 0
    capsys.readouterr()
    rows = list(csv.DictReader(written.read_text(encoding="utf-8").splitlines()))
    events = night().analyze().events
    assert [int(row["onset_s"]) for row in rows] == events["onset_s"] and {row["source"] for row in rows} == {file}
    assert main(["analyze", file, "--events", file]) == 2, "a file that is read is never written over"


@pytest.mark.parametrize("kind", ["csv", "edf", "parquet"])
def test_a_recording_is_converted(kind: str, file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pyarrow_parquet = pytest.importorskip("pyarrow.parquet")
    written = tmp_path / f"night.{kind.upper()}"
    assert main(["convert", file, str(written)]) == 0
    if kind == "parquet":
        assert pyarrow_parquet.read_table(written)["spo2_pct"].to_pylist() == night().spo2.tolist()
    else:
        assert oxicore.read(written).to_polars().equals(night().to_polars())
    assert main(["convert", file, str(tmp_path / "night.out"), "--to", kind]) == 0
    assert (tmp_path / "night.out").read_bytes()[:40] == written.read_bytes()[:40]
    assert capsys.readouterr().out == ""


def test_what_cannot_be_converted_writes_nothing(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter, written = tmp_path / "letter.txt", tmp_path / "night.edf"
    letter.write_text("Dear all", encoding="utf-8")
    assert main(["convert", str(letter), str(written)]) == 2 and not written.exists()
    assert main(["convert", file, str(tmp_path / "night.xyz")]) == 2
    assert main(["convert", file, file, "--to", "edf"]) == 2
    assert "ends in .csv, .edf or .parquet" in capsys.readouterr().err
    assert Path(file).read_bytes() == night().to_csv()


def test_the_page_of_columns_is_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["columns"]) == 0
    page = (Path(__file__).parents[1] / "COLUMNS.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out == page
    known = {row["name"] for row in oxicore.column_dictionary()}
    numbers = night().analyze()
    cohort = oxicore.read_many([night()], events=True, definitions="all")
    tables = [cohort, cohort.events, cohort.definitions, numbers.events, night().compare(), night().reduce(9), night().desaturations("pobm").events]
    tables += [oxicore.bland_altman([1.0], [2.0]).pairs, oxicore.column_dictionary()]
    assert {name for table in tables for name in table.columns} <= known
