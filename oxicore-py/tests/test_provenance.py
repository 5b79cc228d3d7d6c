"""How numbers were made travels with them."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import oxicore
import pytest
from nights import SHORT, night

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

CHANGED: dict[str, Any] = {"max_motion": 5, "slope": False, "look_back_s": 60, "bradycardia_bpm": 40}
VERSIONS = {"package_version": oxicore.__version__, "algorithm_revision": night().analyze().algorithm_revision}


def tables(**settings: Any) -> dict[str, oxicore.Table]:
    """Every table that an analysis makes."""
    cohort = oxicore.read_many([night(), ("zeros", bytes(100))], events=True, definitions="all", **settings)
    return {
        "rows": cohort,
        "events of a cohort": cohort.events,
        "definitions": cohort.definitions,
        "part of the rows": cohort[:1],
        "events": night().analyze(**settings).events,
        "events of one definition": night().desaturations(**settings).events,
        "groups": night().desaturations("pobm").events,
        "compared": night().compare(**settings),
    }


@pytest.mark.parametrize("settings", [{}, CHANGED])
def test_every_table_and_every_parquet_tells_how_it_was_made(settings: dict[str, Any], tmp_path: Path) -> None:
    for name, table in tables(**settings).items():
        about = table.provenance
        assert about["changed"] == ({} if name == "groups" else settings), name
        assert about.items() >= VERSIONS.items() and about["settings"].keys() == {"filter", "aasm", "pulse"}, name
        table.to_parquet(tmp_path / "table.parquet")
        stored = parquet.read_table(tmp_path / "table.parquet")
        assert json.loads(stored.schema.metadata[b"oxicore"]) == about, name
        assert stored.schema.field(0).metadata[b"meaning"], name
        assert table.to_pandas().attrs["oxicore"] == about, name
        assert pickle.loads(pickle.dumps(table)).provenance == about, name


@pytest.mark.parametrize("settings", [{}, CHANGED])
def test_every_row_tells_its_settings_and_versions_also_that_of_an_error(settings: dict[str, Any]) -> None:
    for row in oxicore.read_many([night(), ("zeros", bytes(100))], **settings):
        assert json.loads(row["settings"]) == settings
        assert {name: row[name] for name in VERSIONS} == VERSIONS


def test_an_analysis_says_which_settings_are_not_the_defaults() -> None:
    usual, changed = night().analyze(), night().analyze("aasm-nested", listed_pct=4, **CHANGED)
    assert (usual.changed_settings, changed.changed_settings) == ({}, CHANGED)
    assert (changed.provenance["profile"], changed.provenance["listed_pct"]) == ("aasm-nested", 4)
    words = "settings changed: "
    assert words not in repr(usual) and words not in usual._repr_html_()
    for shown in (repr(changed), repr(pickle.loads(pickle.dumps(changed))), repr(night().desaturations(**CHANGED))):
        assert words in shown and "max_motion=5" in shown and "slope=False" in shown
    assert "max_motion=5" in changed._repr_html_() and oxicore.__version__ in changed._repr_html_()
    assert "settings: defaults" in usual.events._repr_html_() and "settings: defaults" in repr(usual.events)
    assert "look_back_s=60" in changed.events._repr_html_()


def test_a_setting_given_as_it_is_by_default_is_not_changed() -> None:
    assert night().analyze(slope=True, max_motion=None, look_back_s=120).changed_settings == {}


def test_compared_definitions_say_only_the_settings_that_they_use() -> None:
    rows = {row["profile"]: json.loads(row["settings"]) for row in night().compare(**CHANGED)}
    assert rows["aasm"] == {name: value for name, value in CHANGED.items() if name != "bradycardia_bpm"}
    assert rows["mean120"] == {"max_motion": 5, "slope": False}
    assert rows["pobm"] == rows["viatom"] == {}
    assert set(night().compare()["settings"]) == {"{}"}


def test_the_records_of_a_night_tell_which_reader_read_them() -> None:
    about = json.loads(pyarrow.table(oxicore.read(SHORT)).schema.metadata[b"oxicore"])
    assert about.items() >= VERSIONS.items() and "reader_revision" in about
