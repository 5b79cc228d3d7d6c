"""The notebooks show what they give, and nothing of the machine they ran on; that they run is tested by nbmake."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from conftest import REPOSITORY

NOTEBOOKS = sorted((REPOSITORY / "oxicore-py" / "examples").glob("*.ipynb"))


def code_cells(notebook: Any) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_was_run_from_its_first_cell_to_its_last(notebook: Any) -> None:
    cells = code_cells(notebook)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert outputs and all(output["output_type"] != "error" for output in outputs)
    assert all(not cell["metadata"] for cell in cells), "when it ran is nobody's concern"


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_what_a_notebook_shows_has_no_path_of_a_machine(notebook: Any) -> None:
    texts = [str(output.get("data", output.get("text", ""))) for cell in code_cells(notebook) for output in cell["outputs"]]
    assert not any(re.search(r"(?<![\w<.])/(tmp|home|root|usr|var|Users|private)/", text) for text in texts)
