"""Where the shared test files are."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FIXTURES = REPOSITORY / "oxicore" / "tests" / "fixtures"
GOLDEN = REPOSITORY / "oxicore" / "tests" / "golden" / "synthetic.json"
ORACLES = REPOSITORY / "oxicore" / "tests" / "oracles"


def pytest_configure() -> None:
    """A run on another NumPy than the one that is meant would test nothing."""
    wanted = os.environ.get("OXI_NUMPY", "")
    assert np.__version__.startswith(wanted), f"NumPy {np.__version__}, not {wanted}"


@pytest.fixture
def real_nights() -> Path:
    """Folder of recorded nights; health data that is never part of the repository."""
    folder = os.environ.get("OXI_REAL_NIGHTS")
    if folder is None:
        pytest.skip("OXI_REAL_NIGHTS is not set")
    return Path(folder)
