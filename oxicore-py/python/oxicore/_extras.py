"""Packages that need not be installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Around the imports of an optional package: where it is missing, the error says what to install.

    Raises:
        ModuleNotFoundError: as the import, in words that help.

    >>> with extra("plot"):
    ...     import a_package_that_nobody_has
    Traceback (most recent call last):
    ModuleNotFoundError: a_package_that_nobody_has is not installed: pip install "oxicore[plot]"
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        package = (missing.name or name).partition(".")[0]
        raise ModuleNotFoundError(f'{package} is not installed: pip install "oxicore[{name}]"', name=package) from missing
