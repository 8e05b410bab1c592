"""The pages of the reference: a dictionary you can read, one function for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from generator import commands, formats, front_door, lessons, mistakes, units

PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands.page,
    "python.md": front_door.page,
    "mistakes.md": mistakes.page,
    "templates.md": lessons.templates_page,
    "texts.md": lessons.texts_page,
    "activations.md": units.page,
    "formats.md": formats.page,
    "report-json.md": formats.json_page,
    "rubric.md": lessons.rubric_page,
}

ORIGIN = (
    "<!-- Written by `python docs/generate.py`; change what it is taken from, not this page. -->"
)


def written() -> dict[str, str]:
    """Return the text of every page by its name."""
    return {name: f"{ORIGIN}\n\n{page().strip()}\n" for name, page in PAGES.items()}
