"""Plain data to dataclasses, by their own type hints."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def build(kind: type[T], values: dict[str, Any]) -> T:
    """A dataclass from a mapping that has a value for each of its fields."""
    return kind(**{name: _value(hint, values[name]) for name, hint in _hints(kind)})  # type: ignore[arg-type]


@lru_cache(maxsize=None)
def _hints(kind: type) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((field.name, _bare(hints[field.name])) for field in fields(kind))


def _bare(hint: Any) -> Any:
    """``X`` of ``X | None``."""
    if get_origin(hint) is UnionType:
        [hint] = [kind for kind in get_args(hint) if kind is not type(None)]
    return hint


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is tuple:
        item = get_args(hint)[0]
        return tuple(_value(item, entry) for entry in value)
    return build(hint, value) if is_dataclass(hint) and isinstance(hint, type) else value
