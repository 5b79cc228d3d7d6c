"""Names that every example in the documentation may use."""

from __future__ import annotations

from typing import Any

import pytest

import oxicore


@pytest.fixture(autouse=True)
def _names(doctest_namespace: dict[str, Any]) -> None:
    doctest_namespace["oxicore"] = oxicore
