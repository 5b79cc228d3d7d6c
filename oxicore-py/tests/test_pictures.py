"""What a notebook shows."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import oxicore
import pytest
from nights import SHORT, night


def svg(html: str) -> ElementTree.Element:
    return ElementTree.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])


def test_a_recording_shows_itself_as_a_picture_with_its_facts() -> None:
    html = night()._repr_html_()
    assert ElementTree.fromstring(html).tag == "div"
    assert "2026-01-02 23:00:00" in html
    shades = svg(html).findall(".//{*}rect")
    assert len(shades) == len(night().analyze().desaturations) > 0


def test_the_line_of_the_picture_breaks_at_a_gap() -> None:
    assert len(svg(oxicore.read(SHORT)._repr_html_()).findall(".//{*}polyline")) == 3


def test_a_reading_between_two_gaps_is_seen() -> None:
    """`SHORT` has three readings, each alone."""
    lines = svg(oxicore.read(SHORT)._repr_html_()).findall(".//{*}polyline")
    assert [len(line.get("points", "").split()) for line in lines] == [2, 2, 2]
    pytest.importorskip("matplotlib")
    from matplotlib.figure import Figure

    assert [line.get_marker() for line in oxicore.read(SHORT).plot(Figure().add_subplot()).lines] == ["."] * 3
    assert {line.get_marker() for line in night().plot(Figure().add_subplot()).lines} <= {".", "None"}


def test_an_analysis_and_a_table_show_themselves() -> None:
    analysis = night().analyze()
    assert "Not a diagnosis." in list(ElementTree.fromstring(analysis._repr_html_()).itertext())
    assert ElementTree.fromstring(f"<div>{analysis.events._repr_html_()}</div>").find(".//th") is not None


def test_text_in_a_table_is_escaped() -> None:
    html = oxicore.read_many([("<script>", night().to_csv())])._repr_html_()
    assert "<script>" not in html and "&lt;script&gt;" in html


def test_a_reduced_night_keeps_every_nadir_and_both_ends() -> None:
    line = night().reduce(50)
    levels = dict(zip(line.column("at_s"), line.column("spo2_pct"), strict=True))
    events = night().analyze().desaturations
    assert all(levels[event.nadir_s] == event.nadir_pct for event in events)
    assert len(line) <= 4 * 50 + 3 * len(events)


@pytest.mark.parametrize(("channel", "name"), [("pulse", "pulse_bpm"), ("motion", "motion")])
def test_every_channel_can_be_reduced(channel, name) -> None:
    part = night().reduce(10, channel, begin=timedelta(minutes=30), end="2026-01-02T23:59:00")
    assert part.column_names == ["at_s", name, "segment"]
    assert min(part.column("at_s")) >= 1_800 and max(part.column("at_s")) < 3_540


def test_more_columns_than_seconds_show_every_reading_and_take_no_memory() -> None:
    readings = [reading for reading in night().spo2.tolist() if reading is not None]
    for columns in (night().recording_s, 10**12, 2**63):
        assert night().reduce(columns).column("spo2_pct") == readings


def test_a_wrong_reduction_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        night().reduce(0)
    with pytest.raises(ValueError, match="spo2, pulse or motion"):
        night().reduce(10, "temperature")  # type: ignore[arg-type]


def test_a_plot_shades_the_counted_events_and_keeps_gaps() -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.figure import Figure

    axes = Figure().add_subplot()
    night().plot(axes)
    counted = [event for event in night().analyze().desaturations if event.outcome == "complete"]
    assert len(axes.patches) == len(counted)
    assert axes.get_ylabel() == "SpO2 (%)"
    gaps = Figure().add_subplot()
    assert len(oxicore.read(SHORT).plot(gaps).lines) == 3


def test_a_plot_says_when_by_which_definition_and_what_is_drawn() -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.figure import Figure

    figure = Figure()
    axes = night().plot(figure.add_subplot())
    first, *rest = axes.get_title().splitlines()
    assert first == "2 Jan 2026 23:00 to 3 Jan 2026 01:00"
    assert " ".join(rest) == f"ODI3 {night().analyze().definition3}" and "(aasm, 3 %, " in rest[0]
    words = [text.get_text() for text in axes.get_legend().get_texts()]
    assert words == ["desaturation of 3 % and more that counts (aasm)", "SpO2"]
    figure.draw_without_rendering()
    labels = [label.get_text() for label in axes.get_xticklabels() if label.get_text()]
    assert labels[0] == "23:00\n2 Jan" and "00:00\n3 Jan" in labels, "no day that may be read as a month"
    assert " ".join(oxicore.read(SHORT).plot(Figure().add_subplot()).get_title().split()).endswith("algorithm revision 2)")


def test_channels_share_their_clock() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    spo2, pulse, motion = night().plot_channels("spo2", "pulse", "motion")
    assert [axes.get_ylabel() for axes in (spo2, pulse, motion)] == ["SpO2 (%)", "Pulse (beats per minute)", "Motion (no unit)"]
    pulse.set_xlim(spo2.get_xlim()[0], sum(spo2.get_xlim()) / 2)
    assert motion.get_xlim() == spo2.get_xlim() == pulse.get_xlim()
    assert spo2.get_title() and not pulse.get_title() and motion.get_legend() and not pulse.get_legend()
    assert [axes.get_ylabel() for axes in night().plot_channels()] == ["SpO2 (%)", "Pulse (beats per minute)"]
    assert night().plot(channel="pulse").get_ylabel() == "Pulse (beats per minute)"
    with pytest.raises(ValueError, match="spo2, pulse or motion"):
        night().plot(channel="temperature")  # type: ignore[arg-type]
    pyplot.close("all")


@pytest.mark.parametrize("hours", [0.002, 0.05, 2, 8, 30])
def test_nothing_of_a_plot_lies_on_anything_else(hours: float) -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    one = oxicore.synthetic_night(hours=hours)
    own = one.plot()
    narrow = one.plot(pyplot.figure(figsize=(4, 3), layout="constrained").add_subplot())
    for axes in (own, narrow):
        axes.get_figure(root=True).draw_without_rendering()
        labels = [label for label in axes.get_xticklabels() if label.get_text() and axes.get_xlim()[0] <= label.get_position()[0] <= axes.get_xlim()[1]]
        boxes = [label.get_window_extent() for label in labels]
        assert len(boxes) > 1 and all(left.x1 <= right.x0 for left, right in zip(boxes, boxes[1:], strict=False))
        assert all(label.get_text().isdecimal() for label in axes.get_yticklabels() if label.get_text())
    legend = own.get_legend()
    legends = [] if legend is None else [legend.get_window_extent()]
    assert legends and not any(legends[0].overlaps(label.get_window_extent()) for label in [own, *own.get_xticklabels()])
    pyplot.close("all")


def test_a_title_is_no_wider_than_its_axes() -> None:
    pytest.importorskip("matplotlib")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 4), layout="constrained")
    for place in (1, 2):
        axes = night().plot(figure.add_subplot(1, 2, place))
    figure.draw_without_rendering()
    assert axes.title.get_window_extent().width <= 1.1 * axes.get_window_extent().width
