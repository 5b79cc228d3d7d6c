"""Everything public says what it is, and what does something shows it."""

from __future__ import annotations

import dataclasses
import inspect
from typing import Any

import oxicore
import pytest
from oxicore._analysis import _Section

PUBLIC = {name: getattr(oxicore, name) for name in oxicore.__all__ if name != "__version__"}
#: Classes that do something, and their methods; the others only hold numbers.
ACTING = {name: thing for name, thing in PUBLIC.items() if not dataclasses.is_dataclass(thing) and name != "AnalysisSettings"}
METHODS = {
    f"{owner}.{name}": getattr(thing, "__func__", thing)
    for owner, kind in ACTING.items()
    if inspect.isclass(kind)
    for name, thing in vars(kind).items()
    if not name.startswith("_") and (inspect.isfunction(thing) or isinstance(thing, classmethod))
}
ATTRIBUTES = {
    f"{owner}.{name}": thing
    for owner, kind in PUBLIC.items()
    for name, thing in vars(kind).items()
    if inspect.isclass(kind) and isinstance(thing, (property, _Section))
}


@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_has_a_docstring(name: str) -> None:
    text = inspect.getdoc(PUBLIC[name])
    assert text and not text.startswith(f"{name}("), "the text is the one that Python makes"


@pytest.mark.parametrize("name", [*ACTING, *METHODS])
def test_whatever_does_something_has_an_example(name: str) -> None:
    thing: Any = {**ACTING, **METHODS}[name]
    assert ">>>" in (inspect.getdoc(thing) or "")


@pytest.mark.parametrize("name", ATTRIBUTES)
def test_every_attribute_says_what_it_is(name: str) -> None:
    assert ATTRIBUTES[name].__doc__
