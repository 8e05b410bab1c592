"""The pages under docs: the reference is taken from the code, examples print what they show."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from slowly import slowly

sys.path.append(str(Path(__file__).parent.parent / "docs"))

from generator import consoles, json_fields, pages

ROOT = Path(__file__).parent.parent
COMMAND = "run `python docs/generate.py`, which writes it anew"
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted((ROOT / "docs").rglob("*.md"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("page", pages.PAGES)
def test_the_reference_is_what_the_registries_say(page: str) -> None:
    """Each page of the reference is as the code would have it today."""
    path = REFERENCE / page
    assert path.is_file(), f"{named(path)} is missing: {COMMAND}"

    is_current = path.read_text(encoding="utf-8") == f"{pages.ORIGIN}\n\n{_made(page)}\n"

    assert is_current, f"{named(path)} is not what the code says: {COMMAND}"


def _made(page: str) -> str:
    return pages.PAGES[page]().strip()


def test_the_reference_holds_nothing_else() -> None:
    """A page that nothing writes is not left behind."""
    assert {path.name for path in REFERENCE.glob("*.md")} == {*pages.PAGES, "index.md"}


def test_every_field_of_a_report_is_explained() -> None:
    """No field is added to the JSON report without saying what it holds, and none is explained
    that is not there.
    """
    assert set(json_fields.fields()) == set(json_fields.MEANINGS)


TUTORIAL = ROOT / "docs" / "tutorial"
ALWAYS = [ROOT / "README.md"]
OTHERS = [page for page in consoles.pages() if page not in ALWAYS]


@pytest.mark.parametrize("page", [*ALWAYS, *slowly(OTHERS)], ids=named)
def test_commands_print_what_pages_show(page: Path) -> None:
    """Whoever follows a page from top to bottom sees what it shows."""
    shown = page.read_text(encoding="utf-8")

    assert consoles.followed(page) == shown, f"{named(page)} shows something else: {COMMAND}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_page_is_reached(page: Path) -> None:
    """A page is in a list of contents, so that the site has a way to it."""
    contents = {
        (index.parent / entry).resolve()
        for index in PAGES
        for toctree in re.findall(r"^```\{toctree\}\n(.*?)^```$", _text(index), re.M | re.S)
        for entry in re.findall(r"^[\w/-]+$", toctree, re.M)
    }

    assert page == ROOT / "docs" / "index.md" or page.with_suffix("") in contents


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "SECURITY.md", *PAGES], ids=named
)
def test_links_lead_to_files(page: Path) -> None:
    """A link to a file of this folder leads to one, on the site and in the repository."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", re.sub(r"`[^`\n]*`", "", _text(page)))

    assert [link for link in links if not (page.parent / link).exists()] == []
