"""The command ``oxicore``."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Mapping, Sequence
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from . import __version__, _core
from ._dictionary import as_markdown
from ._extras import extra
from ._numbers import Profile
from ._many import listed, read_many
from ._notices import noticed
from ._provenance import in_words
from ._read import read

if TYPE_CHECKING:
    from ._table import Table

#: Everything was read; some file was not; the command was wrong (argparse's own) or its output cannot be written; what it
#: needs is not installed; interrupted; nobody reads the output any more.
ALL_READ, SOME_FAILED, WRONG_USE, NOT_INSTALLED, INTERRUPTED, CUT_OFF = 0, 1, 2, 3, 130, 141

_SHOWN = {
    "source": "night",
    "start": "start",
    "valid_s": "valid h",
    "odi3_per_h": "ODI3/h",
    "odi4_per_h": "ODI4/h",
    "below_90_pct": "T90 %",
    "spo2_mean_pct": "mean %",
    "spo2_min_pct": "min %",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and gives its exit code, one of those above."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.run(options)
        return code
    except ImportError as missing:
        print(f"oxicore: {missing}", file=sys.stderr)
        return NOT_INSTALLED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is left goes nowhere
        return CUT_OFF
    except (OSError, ValueError, TypeError) as error:
        print(f"oxicore: {error}", file=sys.stderr)
        return WRONG_USE
    except KeyboardInterrupt:
        return INTERRUPTED


def _analyze(options: argparse.Namespace) -> int:
    files = [file for given in options.files for file in _files(given)]
    for written in (options.output, options.plot, options.events):
        _refuse_input(written, files)
    _require_packages(options)
    bar = None if options.quiet or not sys.stderr.isatty() else _Bar(len(files)).update
    reading = _reading(options)
    settings = _settings(options.set or [])
    nights = read_many(files, profile=options.profile, progress=bar, events=options.events is not None, **reading, **settings)
    _FORMATS[options.format](nights, options)
    if options.events is not None:
        options.events.write_text(_csv_of(nights.events), encoding="utf-8")
    if options.plot is not None:
        _plot([file for file, error in zip(files, nights["error"], strict=True) if error is None], options.plot, reading)
    return _tell_errors(nights)


def _require_packages(options: argparse.Namespace) -> None:
    """Before hours of work, whether what is asked for can be written.

    Raises:
        ModuleNotFoundError: a package is missing; it says how to install it.
    """
    if options.format == "parquet":
        with extra("arrow"):
            import pyarrow.parquet  # noqa: F401
    if options.plot is not None:
        with extra("plot"):
            import matplotlib.figure  # noqa: F401


#: How every file is read.
_OF_FILES: dict[str, dict[str, Any]] = {
    "--column": {
        "action": "append",
        "metavar": "WHAT=COLUMN",
        "help": "which column or signal is spo2, pulse, motion or time: its name, or its number from 1",
    },
    "--signal": {"metavar": "NAME", "help": "the same for SpO2 alone"},
    "--date-order": {"choices": ["day-first", "month-first"], "help": "of dates that are numbers"},
    "--zone": {"metavar": "OFFSET", "help": "of the wall clock of files in universal time, such as +02:00"},
    "--on-bad-row": {"choices": ["raise", "skip"], "default": "raise", "help": "what becomes of a text with rows that cannot be read"},
}


def _reading(options: argparse.Namespace) -> dict[str, Any]:
    """As arguments of :func:`oxicore.read`.

    Raises:
        ValueError: a column is given without what it is for.
    """
    columns: dict[str, str | int] = {}
    for given in options.column or []:
        what, equals, column = given.partition("=")
        if not equals:
            raise ValueError(f"--column is given as spo2=NAME or spo2=NUMBER, not {given!r}")
        columns[what] = int(column) if column.isascii() and column.isdecimal() else column
    return {
        "columns": columns,
        "signal": options.signal,
        "date_order": options.date_order,
        "zone": options.zone,
        "on_bad_row": options.on_bad_row,
    }


def _settings(given: Sequence[str]) -> dict[str, Any]:
    """`NAME=VALUE` as settings of an analysis; a value is written as in JSON, and a plain word stands for itself.

    Raises:
        ValueError: one of them has no value.
    """
    settings: dict[str, Any] = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals:
            raise ValueError(f"--set is given as NAME=VALUE, such as max_motion=5, not {one!r}")
        try:
            settings[name] = json.loads(value)
        except json.JSONDecodeError:
            settings[name] = value
        if isinstance(settings[name], list):
            settings[name] = tuple(settings[name])
    return settings


def _convert(options: argparse.Namespace) -> int:
    """Writes one recording in another format; nothing is written where it cannot be read."""
    _refuse_input(options.output, [options.file])
    night = read(options.file, **_reading(options))
    kind = options.to or options.output.suffix[1:].lower()
    if kind == "csv":
        options.output.write_bytes(night.to_csv())
    elif kind == "edf":
        options.output.write_bytes(night.to_edf(fill_gaps=options.fill_gaps))
    elif kind == "parquet":
        with extra("arrow"):
            import pyarrow.parquet

        pyarrow.parquet.write_table(pyarrow.table(night), options.output)
    else:
        raise ValueError(f"the name of the output ends in .csv, .edf or .parquet, or --to says which, not {kind!r}")
    return ALL_READ


def _columns(options: argparse.Namespace) -> int:
    """What every column says."""
    _write(as_markdown(), options)
    return ALL_READ


def _files(given: str) -> list[str]:
    """Of a folder its files, of a pattern those that fit; a name that is none stays, and is reported with its error.

    Raises:
        ValueError: the folder has no file.
    """
    try:
        return [str(path) for path in listed(given)]
    except FileNotFoundError as missing:
        if os.path.isdir(given):
            raise ValueError(str(missing)) from missing
        return [given]


def _refuse_input(written: Path | None, files: Sequence[str]) -> None:
    """Raises ValueError where writing would destroy a file that is to be read, by whatever name or link it is given."""
    if written is None or not written.is_file():
        return
    there = written.stat()
    for file in files:
        if os.path.exists(file) and os.path.samestat(os.stat(file), there):
            raise ValueError(f"{written} is one of the files to read; nothing was written")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="oxicore",
        description="Overnight oximetry: from files to numbers. Not a diagnosis.",
        epilog="exit codes: 0 all files read, 1 some file was not, 2 wrong use or output that cannot be written, "
        "3 a library is not installed, 130 interrupted, 141 nobody reads the output any more",
    )
    parser.add_argument("--version", action="version", version=f"oxicore {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    analyze = commands.add_parser("analyze", help="the numbers of each night", epilog=parser.epilog)
    analyze.add_argument("files", nargs="+", metavar="FILE", help="a recording, a folder of them, or a pattern")
    analyze.add_argument("--profile", choices=get_args(Profile), default="aasm", help="whose desaturations are counted")
    for option, explained in _OF_FILES.items():
        analyze.add_argument(option, **explained)
    analyze.add_argument(
        "--set", action="append", metavar="NAME=VALUE", help="a setting of the analysis, such as max_motion=5 or slope=false"
    )
    analyze.add_argument("--events", type=Path, metavar="FILE", help="write every desaturation of the nights as CSV")
    analyze.add_argument("--format", choices=sorted(_FORMATS), default="table", help="of what is written")
    analyze.add_argument("--output", type=Path, metavar="FILE", help="where to; without it standard output")
    analyze.add_argument("--plot", type=Path, metavar="PICTURE", help="draw the nights, one below the other (needs matplotlib)")
    analyze.add_argument("--quiet", action="store_true", help="no progress bar")
    analyze.set_defaults(run=_analyze)
    _add_others(commands, parser.epilog)
    return parser


def _add_others(commands: Any, epilog: str | None) -> None:
    convert = commands.add_parser("convert", help="a recording in another format", epilog=epilog)
    convert.add_argument("file", metavar="FILE", help="a recording")
    convert.add_argument("output", type=Path, metavar="OUTPUT", help="what is written: a name that ends in .csv, .edf or .parquet")
    convert.add_argument("--to", choices=["csv", "edf", "parquet"], help="format of what is written, whatever its name")
    convert.add_argument("--fill-gaps", action="store_true", help="EDF: one stretch, -1 where there is no record")
    for option, explained in _OF_FILES.items():
        convert.add_argument(option, **explained)
    convert.set_defaults(run=_convert)
    columns = commands.add_parser("columns", help="what each column of every table says")
    columns.add_argument("--output", type=Path, metavar="FILE", help="where to; without it standard output")
    columns.set_defaults(run=_columns)


def _write(text: str, options: argparse.Namespace) -> None:
    if options.output is None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")  # a name may have letters that a terminal has not
        print(text, end="", flush=True)
    else:
        options.output.write_text(text, encoding="utf-8")


def _as_table(nights: Table, options: argparse.Namespace) -> None:
    rows = [list(_SHOWN.values()), *([_short(name, row) for name in _SHOWN] for row in nights if row["error"] is None)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_SHOWN))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines += [f"{row['source']}: {'; '.join(words)}" for row in nights if (words := noticed(row))]
    _write("\n".join([*lines, f"profile {options.profile}; per hour of the profile's own denominator; not a diagnosis", *_changed(nights), ""]), options)


def _changed(nights: Table) -> list[str]:
    """A line for the settings that are not the defaults."""
    changed = in_words(nights.provenance["changed"])
    return [f"settings changed: {changed}"] if changed else []


def _short(name: str, row: Mapping[str, Any]) -> str:
    value = row[name]
    if value is None:
        return "-"
    if row["below_range_readings"] and name == "spo2_min_pct":
        return f"<= {value}"
    if row["below_range_readings"] and name == "below_90_pct":
        return f"{value:.1f} ({row['below_90_pct_with_below_range']:.1f} with readings below range)"
    if name == "valid_s":
        return f"{value / 3_600:.2f}"
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _as_csv(nights: Table, options: argparse.Namespace) -> None:
    _write(_csv_of(nights), options)


def _csv_of(table: Table) -> str:
    text = StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(table.column_names)
    rows.writerows(["" if value is None else value for value in row.values()] for row in table)
    return text.getvalue()


def _as_json(nights: Table, options: argparse.Namespace) -> None:
    _write(json.dumps(list(nights), default=lambda moment: moment.isoformat(), indent=1) + "\n", options)


def _as_parquet(nights: Table, options: argparse.Namespace) -> None:
    import pyarrow.parquet

    if options.output is None:
        pyarrow.parquet.write_table(nights.to_arrow(), sys.stdout.buffer)
    else:
        pyarrow.parquet.write_table(nights.to_arrow(), options.output)


_FORMATS = {"table": _as_table, "csv": _as_csv, "json": _as_json, "parquet": _as_parquet}


def _plot(files: Sequence[str], picture: Path, reading: dict[str, Any]) -> None:
    from matplotlib.figure import Figure

    if not files:
        return
    figure = Figure(figsize=(12, 3.6 * len(files)), layout="constrained")
    for at, file in enumerate(files):
        axes = figure.add_subplot(len(files), 1, at + 1)
        drawn = read(file, **reading).plot(axes)
        drawn.set_title(f"{Path(file).name}\n{drawn.get_title()}", fontsize="medium")
    figure.savefig(picture)


def _tell_errors(nights: Table) -> int:
    failed = [row for row in nights if row["error"] is not None]
    for row in failed:
        print(f"oxicore: {row['source']}: {row['error']}", file=sys.stderr)
    return SOME_FAILED if failed else ALL_READ


class _Bar:
    """A progress bar on standard error."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0

    def update(self, more: int) -> None:
        self.done += more
        filled = 30 * self.done // max(self.total, 1)
        end = "\n" if self.done == self.total else ""
        print(f"\r[{'#' * filled:<30}] {self.done}/{self.total}", end=end, file=sys.stderr, flush=True)
