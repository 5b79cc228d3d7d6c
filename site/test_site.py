"""The built site: every link inside it leads somewhere, and nothing is fetched from elsewhere."""

from __future__ import annotations

import os
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

SITE = Path(os.environ["OXI_SITE"])
# Reference pages that other tools make; their own links are their business, those to them are ours.
MADE_ELSEWHERE = ("rust", "npm")
FETCHES = {"script": "src", "img": "src", "link": "href", "iframe": "src"}


class Page(HTMLParser):
    """The links, anchors and loaded files of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.anchors.update(value for name in ("id", "name") if (value := named.get(name)))
        if tag == "a" and (href := named.get("href")):
            self.links.append(href)
        if named.get("rel") != "canonical" and (loaded := named.get(FETCHES.get(tag, ""))):
            self.loaded.append(loaded)


@cache
def page(path: Path) -> Page:
    return Page(path.read_text(encoding="utf-8"))


PAGES = sorted(path for path in SITE.rglob("*.html") if path.relative_to(SITE).parts[0] not in MADE_ELSEWHERE and path.name != "404.html")


def test_every_part_of_the_site_is_there() -> None:
    for place in ("index.html", "guide/ro.html", "guide/en.html", "python/reference.html", "rust/oxicore/index.html", "npm/index.html"):
        assert (SITE / place).is_file(), place
    assert len(PAGES) >= 20


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(SITE)))
def test_every_link_leads_somewhere(path: Path) -> None:
    missing = [link for link in page(path).links if not leads_somewhere(path, link)]
    assert missing == []


def leads_somewhere(path: Path, link: str) -> bool:
    parts = urlsplit(link)
    if parts.scheme:
        return True
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    has_anchor = not parts.fragment or target.suffix != ".html" or unquote(parts.fragment) in page(target).anchors
    return target.is_file() and has_anchor


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(SITE)))
def test_nothing_is_fetched_from_elsewhere(path: Path) -> None:
    assert [link for link in page(path).loaded if urlsplit(link).netloc] == []


def test_every_exported_python_name_has_its_entry() -> None:
    source = (Path(__file__).parent.parent / "oxicore-py/python/oxicore/__init__.py").read_text(encoding="utf-8")
    listed = source.split("__all__ = [")[1].split("]")[0]
    names = [word.strip().strip('"') for word in listed.split(",") if word.strip()]
    anchors = page(SITE / "python/reference.html").anchors
    assert [name for name in names if f"oxicore.{name}" not in anchors and name != "__version__"] == []


def test_romanian_and_english_guides_have_the_same_chapters() -> None:
    pages = Path(__file__).parent / "pages/guide"
    chapters = [[line.split()[0] for line in (pages / f"{language}.md").read_text(encoding="utf-8").splitlines() if line.startswith("#")] for language in ("ro", "en")]
    assert chapters[0] == chapters[1]
