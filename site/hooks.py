"""Pages that are kept elsewhere in the checkout, and the examples of the first page, taken from the READMEs that the tests run."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from textwrap import indent

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

CHECKOUT = Path(__file__).resolve().parent.parent

# Where a file of the checkout stands in the site. Links between these files follow.
PLACES = {
    **{f"docs/{name}.md": f"reference/{name}.md" for name in ("ACCURACY", "ALGORITHMS", "ARCHITECTURE", "BENCHMARKS", "CONTRIBUTING", "FORMATS", "OPERATIONS")},
    "CHANGELOG.md": "reference/CHANGELOG.md",
    "oxicore-py/README.md": "python/README.md",
    "oxicore-py/COLUMNS.md": "python/COLUMNS.md",
    "oxicore-wasm/README.md": "javascript.md",
}
# A link in pages/ leads here.
NOTEBOOKS = "oxicore-py/examples"
EXAMPLE = re.compile(r"^(?P<indent> *)\{\{ example (?P<file>\S+) (?P<language>\w+) (?P<number>\d+) \}\}$", re.MULTILINE)
# Docstrings name each other as Sphinx does; the reference shows the name alone.
ROLE = re.compile(r":(?:meth|func|class|attr|data|exc|mod):(?=<code>)")
LINK = re.compile(r"\]\((?![a-z]+:|#)([^)#\s]+)(#[^)]*)?\)")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages of the checkout."""
    for source, place in PLACES.items():
        files.append(File.generated(config, place, content=_relinked(source, place)))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Fills in `{{ example FILE LANGUAGE NUMBER }}`: a code block of a README, counted from 1."""

    def block(found: re.Match[str]) -> str:
        return indent(_example(found["file"], found["language"], int(found["number"])), found["indent"])

    return EXAMPLE.sub(block, markdown)


def on_page_content(html: str, **_: object) -> str:
    """Leaves the roles of Sphinx out."""
    return ROLE.sub("", html)


def on_post_build(config: MkDocsConfig) -> None:
    """Puts the references that other tools have made beside the pages; without them the pages alone are built."""
    for name in ("rust", "npm"):
        if made := os.environ.get(f"OXI_{name.upper()}_REFERENCE"):
            shutil.copytree(made, Path(config.site_dir) / name)


def _example(file: str, language: str, number: int) -> str:
    blocks = re.findall(rf"^```{language}\n.*?^```$", (CHECKOUT / file).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    if number > len(blocks):
        raise PluginError(f"{file} has {len(blocks)} blocks of {language}, no number {number}")
    return str(blocks[number - 1])


def _relinked(source: str, place: str) -> str:
    """The text of a file with its links as they are from its place in the site; what has no place there is named without a link."""

    def link(found: re.Match[str]) -> str:
        target = ((CHECKOUT / source).parent / found[1]).resolve().relative_to(CHECKOUT).as_posix()
        if target.startswith(NOTEBOOKS):
            there = target.replace(NOTEBOOKS, "python/examples")
        elif target in PLACES:
            there = PLACES[target]
        else:
            return f"] ({target})"
        up = "../" * place.count("/")
        return f"]({up}{there}{found[2] or ''})"

    return LINK.sub(link, (CHECKOUT / source).read_text(encoding="utf-8"))
