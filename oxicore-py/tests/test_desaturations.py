"""One definition alone says what the analysis says of it."""

from __future__ import annotations

import pickle
from typing import Literal

import numpy as np
import oxicore
import pytest
from nights import night


@pytest.mark.parametrize("listed_pct", [3, 4])
def test_aasm_alone_is_that_of_the_analysis(listed_pct: Literal[3, 4]) -> None:
    alone, whole = night().desaturations(listed_pct=listed_pct), night().analyze(listed_pct=listed_pct)
    assert alone.index == (whole.index3 if listed_pct == 3 else whole.index4)
    assert alone.spo2 == whole.spo2
    assert alone.events.to_dict() == {name: whole.events.column(name) for name in alone.events.column_names}
    assert len(alone.events) > 0


def test_a_night_of_a_thousand_events_loses_none() -> None:
    seconds = np.arange(0, 10 * 3_600, 4)
    falling = oxicore.Recording.from_arrays(seconds, np.where(seconds % 24 < 12, 96, 90))
    events = falling.desaturations().events
    assert len(events) == len(falling.analyze().desaturations) > 1_400
    assert events["onset_s"] == falling.analyze().events["onset_s"]


@pytest.mark.parametrize("listed_pct", [3, 4])
def test_pobm_alone_has_the_index_of_the_analysis_and_an_event_for_each_count(listed_pct: Literal[3, 4]) -> None:
    alone, whole = night().desaturations("pobm", listed_pct=listed_pct), night().analyze("pobm")
    assert alone.index == (whole.index3 if listed_pct == 3 else whole.index4)
    assert len(alone.events) == alone.index.count > 0
    assert alone.spo2 is None
    assert all(event["begin_s"] < event["end_s"] and event["desaturations"] >= 1 for event in alone.events)


def test_settings_reach_one_definition() -> None:
    alone, whole = night().desaturations(max_motion=5, median3=True), night().analyze(max_motion=5, median3=True)
    assert alone.index == whole.index3
    assert alone.index.filter == whole.settings.filter


def test_a_profile_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no profile"):
        night().desaturations("osa")  # type: ignore[arg-type]


def test_desaturations_can_be_pickled() -> None:
    for found in (night().desaturations(), night().desaturations("pobm")):
        again = pickle.loads(pickle.dumps(found))
        assert (again.index, again.spo2, again.events.to_dict()) == (found.index, found.spo2, found.events.to_dict())
        assert repr(again) == repr(found)
