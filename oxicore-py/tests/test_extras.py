"""Packages that need not be installed: where one is missing, the error says what to install."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import oxicore
from oxicore._cli import NOT_INSTALLED, main

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"

night = oxicore.synthetic_night(hours=1)
table = night.compare()


def _engine(name: str) -> Callable[[], object]:
    """Imports it as if for the first time; what is imported already stays for other tests."""
    return lambda: importlib.import_module(f"oxicore.{name}")


#: The package that is missing, what helps, and what needs it.
NEEDS: list[tuple[str, str, Callable[[], object]]] = [
    ("matplotlib", "plot", night.plot),
    ("matplotlib", "plot", night.plot_channels),
    ("matplotlib", "plot", night.reconcile("aasm", "viatom").plot),
    ("matplotlib", "plot", oxicore.bland_altman([1, 2, 3], [2, 2, 4]).plot),
    ("pandas", "pandas", night.to_pandas),
    ("pandas", "pandas", table.to_pandas),
    ("polars", "polars", night.to_polars),
    ("polars", "polars", table.to_polars),
    ("pyarrow", "arrow", table.to_arrow),
    ("pyarrow", "arrow", lambda: table.to_parquet("never-written.parquet")),
    ("xarray", "xarray", night.to_xarray),
    ("pyarrow", "spark", _engine("spark")),
    ("pyarrow", "dask", _engine("dask")),
    ("pandas", "dask", _engine("dask")),
    ("pyarrow", "ray", _engine("ray")),
]


def _missing(monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    """As on a machine without it."""
    for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    for name in ("spark", "dask", "ray", "_batches"):
        monkeypatch.delitem(sys.modules, f"oxicore.{name}", raising=False)


@pytest.mark.parametrize(("package", "extra", "call"), NEEDS)
def test_a_missing_package_says_what_to_install(
    package: str, extra: str, call: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    _missing(monkeypatch, package)
    with pytest.raises(ModuleNotFoundError) as caught:
        call()
    assert str(caught.value) == f'{package} is not installed: pip install "oxicore[{extra}]"'
    assert caught.value.name == package


def test_every_extra_of_the_package_is_said_by_something() -> None:
    section = PROJECT.read_text(encoding="utf-8").split("[project.optional-dependencies]\n")[1].split("\n[")[0]
    assert {extra for _, extra, _ in NEEDS} == set(re.findall(r"^(\w+) = ", section, re.MULTILINE))


@pytest.mark.parametrize(
    ("package", "extra", "asked"), [("pyarrow", "arrow", ["--format", "parquet"]), ("matplotlib", "plot", ["--plot", "night.png"])]
)
def test_the_command_says_so_before_it_reads(
    package: str, extra: str, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "night.csv"
    file.write_bytes(night.to_csv())
    monkeypatch.chdir(tmp_path)
    _missing(monkeypatch, package)
    assert main(["analyze", str(file), *asked]) == NOT_INSTALLED
    said = capsys.readouterr()
    assert said.out == "" and said.err == f'oxicore: {package} is not installed: pip install "oxicore[{extra}]"\n'
