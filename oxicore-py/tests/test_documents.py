"""Everything public says what it is, and what does something shows it."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap
from typing import Any

import oxicore
import pytest
from oxicore._analysis import _Section

def own(kind: type) -> dict[str, Any]:
    """What a class of this package defines."""
    return dict(vars(kind)) if kind.__module__.startswith("oxicore") else {}


PUBLIC = {name: getattr(oxicore, name) for name in oxicore.__all__ if name != "__version__"}
#: Classes that do something, and their methods; the others only hold numbers.
ACTING = {name: thing for name, thing in PUBLIC.items() if not dataclasses.is_dataclass(thing) and name != "AnalysisSettings"}
METHODS = {
    f"{owner}.{name}": getattr(thing, "__func__", thing)
    for owner, kind in ACTING.items()
    if inspect.isclass(kind)
    for name, thing in {name: thing for base in reversed(kind.__mro__) for name, thing in own(base).items()}.items()
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


def fields_without_docstring(kind: type) -> list[str]:
    """Of a class that holds numbers, the fields that no editor can explain."""
    [node] = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(node, ast.ClassDef)
    found = []
    for field, below in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            explained = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant) and isinstance(below.value.value, str)
            found += [] if explained else [field.target.id]
    return found


HOLDING = [name for name, thing in PUBLIC.items() if dataclasses.is_dataclass(thing) or name == "AnalysisSettings"]


@pytest.mark.parametrize("name", HOLDING)
def test_every_field_has_a_docstring(name: str) -> None:
    assert fields_without_docstring(PUBLIC[name]) == []
