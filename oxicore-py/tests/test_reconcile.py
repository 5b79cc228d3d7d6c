"""Two definitions event by event: the golden file, the forms of the answer, and what is refused."""

from __future__ import annotations

import json
import pickle
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES, GOLDEN
from test_golden import plain, same

import oxicore
from oxicore import Definition

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("agg")

RECONCILED: dict[str, list[dict[str, Any]]] = json.loads((GOLDEN.parent / "reconciliation.json").read_text(encoding="utf-8"))
OTHERS = [
    Definition.of("aasm", listed_pct=4, below_range="gap"),
    Definition.of("aasm", min_duration_s=25, max_duration_s=30),
    Definition.of("viatom"),
    Definition.of("pobm"),
    Definition.of("mean120", listed_pct=5),
]


@pytest.mark.parametrize("name", RECONCILED)
def test_every_reconciliation_equals_the_golden_one(name: str) -> None:
    night = oxicore.read(FIXTURES / name)
    for other, golden in zip(OTHERS, RECONCILED[name], strict=True):
        found = night.reconcile("aasm", other)
        for part in ("matched", "only_a", "only_b"):
            same(plain(getattr(found, part)), golden[part], f"{other} {part}")
        assert (found.a.profile, found.b.profile, found.b.depth_pct) == ("aasm", golden["b"]["profile"], golden["b"]["depth_pct"])


@pytest.fixture(scope="module")
def found() -> oxicore.Reconciliation:
    return oxicore.synthetic_night(hours=8).reconcile("aasm", "viatom")


def test_matched_and_lost_are_all_events_of_each_definition(found: oxicore.Reconciliation) -> None:
    analysis, viatom = found.night.analyze(), found.night.desaturations("viatom")
    counted = [event.onset_s for event in analysis.desaturations if event.counted]
    of_a = sorted([one.onset_s for one, _ in found.matched] + [lost.event.onset_s for lost in found.only_a])
    of_b = sorted([other.onset_s for _, other in found.matched] + [lost.event.onset_s for lost in found.only_b])
    assert of_a == counted and of_b == viatom.events.column("begin_s")
    assert sum(found.lost_by("a").values()) == len(found.only_a) > 0


def test_the_table_has_a_row_for_each_pair_and_each_event_alone(found: oxicore.Reconciliation) -> None:
    table = found.table()
    assert table.column("found_by").count("both") == len(found.matched)
    assert [row["rule"] for row in table if row["found_by"] == "a"] == [lost.rule for lost in found.only_a]
    assert all(row["b_onset_s"] is None for row in table if row["found_by"] == "a")
    assert table.provenance["b"] == "viatom, 3 %, unfiltered" and table.provenance["algorithm_revision"] == 2
    assert repr(table).endswith(f"a: {found.a}; b: {found.b}; algorithm revision 2, oxicore {oxicore.__version__}")
    pandas, arrow = found.to_pandas(), found.to_arrow()
    assert len(pandas) == arrow.num_rows == len(table) and str(pandas["a_onset_s"].dtype) == "Int64"
    known = {row["name"] for row in oxicore.column_dictionary()}
    assert set(table.column_names) <= known


def test_a_reconciliation_is_frozen_and_survives_pickling(found: oxicore.Reconciliation) -> None:
    with pytest.raises(FrozenInstanceError):
        found.only_a = ()  # type: ignore[misc]
    again = pickle.loads(pickle.dumps(found))
    assert again == found and again.table().to_dict() == found.table().to_dict()


def test_a_picture_names_both_definitions_and_every_rule(found: oxicore.Reconciliation) -> None:
    axes = found.plot()
    title = axes.get_title()
    assert f"a: {found.a}, {len(found.matched) + len(found.only_a)} events" in title and str(found.b) in title
    _, labels = axes.get_legend_handles_labels()
    assert f"{len(found.matched)} matched" in labels
    for rule, count in found.lost_by("a").items():
        assert f"{count} of a lost by b: {rule}" in labels
    matplotlib.pyplot.close("all")


def test_what_a_definition_does_not_have_is_refused() -> None:
    night = oxicore.synthetic_night(hours=1)
    with pytest.raises(ValueError, match="no profile"):
        night.reconcile("odi", "aasm")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="has no setting"):
        Definition.of("viatom", slope=False)
    with pytest.raises(ValueError, match="between 2 and 10"):
        Definition.of("pobm", listed_pct=11)
    with pytest.raises(ValueError, match="side must be"):
        night.reconcile("aasm", "pobm").lost_by("c")  # type: ignore[arg-type]


def test_night_1001_is_explained_event_by_event(real_nights: Path) -> None:
    [night] = [oxicore.read(path) for path in real_nights.iterdir() if " 1001_" in path.name]
    found = night.reconcile(Definition.of("aasm", below_range="gap"), "viatom")
    assert len(found.matched) == 116
    assert found.lost_by("a") == {"depth": 132, "joined-with-another": 16}
    assert found.lost_by("b") == {"onset-window": 16, "no-resaturation": 6, "below-range": 5}
