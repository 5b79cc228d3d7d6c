"""Plain data to dataclasses, by their own type hints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields as dataclass_fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def build(kind: type[T], values: dict[str, Any]) -> T:
    """A dataclass from a mapping that has a value for each of its fields that has no default."""
    built: T = converter(kind)(values)  # type: ignore[arg-type]
    return built


@cache
def converter(hint: Any) -> Callable[[Any], Any]:
    """What makes a value of a type out of plain data; ``None`` stays ``None``."""
    if get_origin(hint) is UnionType:
        [hint] = [kind for kind in get_args(hint) if kind is not type(None)]
    if get_origin(hint) is tuple:
        return _tuple_of(converter(get_args(hint)[0]))
    if is_dataclass(hint) and isinstance(hint, type):
        return _dataclass_of(hint)
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value


def _tuple_of(item: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: None if values is None else tuple(map(item, values))


def _dataclass_of(kind: type) -> Callable[[Any], Any]:
    """Fills the slots themselves: a frozen dataclass made by its own constructor takes twice the time."""
    fields = {name: converter(hint) for name, hint in get_type_hints(kind).items()}
    usual = {field.name: field.default for field in dataclass_fields(kind) if field.default is not MISSING}
    plain = [(name, getattr(kind, name).__set__) for name, convert in fields.items() if convert is _as_it_is]
    nested = [(name, getattr(kind, name).__set__, convert) for name, convert in fields.items() if convert is not _as_it_is]

    def of(values: dict[str, Any] | None) -> Any:
        if values is None:
            return None
        values = {**usual, **values} if usual else values
        made: Any = object.__new__(kind)
        for name, fill in plain:
            fill(made, values[name])
        for name, fill, convert in nested:
            fill(made, convert(values[name]))
        return made

    return of
