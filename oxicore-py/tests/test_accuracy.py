"""The figures of docs/ACCURACY.md that need nothing from outside are those of this code."""

from __future__ import annotations

import sys

import pytest
from conftest import ORACLES, REPOSITORY

sys.path.insert(0, str(REPOSITORY / "oxicore-py"))

from accuracy import blocks, inside, luna, nights, outside  # noqa: E402

PAGE = (REPOSITORY / "docs" / "ACCURACY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", inside.BLOCKS)
def test_the_page_has_the_figures_of_this_code(name: str) -> None:
    figures = inside.BLOCKS[name](ORACLES)
    assert blocks.filled(PAGE, {name: figures}) == PAGE, f"cargo xtask accuracy writes the page; it would say:\n{figures}"


def test_figures_without_a_place_are_refused_and_others_stay() -> None:
    page = "a\n<!-- figures: one -->\nold\n<!-- end of figures -->\n<!-- figures: two -->\nkept\n<!-- end of figures -->\n"
    assert blocks.filled(page, {"one": "new"}) == page.replace("old", "new")
    with pytest.raises(ValueError, match="no place for three"):
        blocks.filled(page, {"three": "new"})


def test_every_figure_from_outside_says_when_it_was_made_or_that_it_never_was() -> None:
    for name in ("toolboxes", "luna", "vendor", "headers", "burden"):
        figures = PAGE.split(f"<!-- figures: {name} -->\n")[1].split("<!-- end of figures -->")[0]
        assert figures.startswith(("Last run 20", "Not yet: ")), name


def test_others_take_a_night_second_by_second() -> None:
    import oxicore

    night = nights.Night("made up", oxicore.Recording.from_arrays([0, 4, 12, 16], [96, None, 45, 93]))
    plain = night.plain()
    assert plain["seconds"] == [96.0] * 4 + [None] * 12 + [93.0] * 4
    assert (plain["at_s"], plain["spo2"]) == ([0, 16], [96, 93])


def test_devices_counts_stand_beside_ours(tmp_path) -> None:
    """Of made-up files, whose headers tell what their maker put in: that they are kept apart is what counts."""
    fixtures = REPOSITORY / "oxicore" / "tests" / "fixtures"
    for name in ("legacy_v3_4s_20260102235930", "legacy_v5_2s_odd_20260102235930"):
        (tmp_path / name).write_bytes((fixtures / name).read_bytes())
    lines = outside.headers(tmp_path)
    assert "2 files" in lines and "| drops of 3 % | 2 |" in lines
    assert "legacy" not in lines and "235930" not in lines


def test_the_correlation_is_pearsons() -> None:
    assert luna.correlation([(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]) == pytest.approx(1.0)
    assert luna.correlation([(1.0, 3.0), (2.0, 1.0), (3.0, 2.0)]) == pytest.approx(-0.5)


def test_every_event_of_luna_and_of_ours_has_one_fate() -> None:
    fall = {"counted": True}
    falls = [
        {**fall, "onset_s": 0, "end_s": 60},
        {**fall, "onset_s": 100, "end_s": 160, "counted": False},
        {**fall, "onset_s": 200, "end_s": 260},
        {**fall, "onset_s": 300, "end_s": 360},
    ]
    valleys = [(0, 20, 30, 4.0), (30, 40, 70, 3.0), (100, 150, 170, 5.0), (200, 230, 260, 2.0), (270, 280, 299, 3.0)]
    found = luna.fates(valleys, falls, 3)
    assert list(found) and set(found) <= set(luna.FATES)
    assert [found[fate] for fate in luna.FATES] == [1, 1, 1, 1, 1, 1]
    assert [luna.fates(valleys, falls, 4)[fate] for fate in luna.FATES] == [1, 0, 1, 0, 1, 1]
