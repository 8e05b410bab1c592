"""The README: short, true, and the way to everything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetprop.cli import COMMANDS
from sheetprop.mistakes import MISTAKES
from sheetprop.template import names

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = ROOT / "docs" / "reference"
INSTALL_AND_BUILD = (
    "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/sheetprop build --lr 0.1 0.5 2"
)
INSTALL_AND_TEST = (
    "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && "
    ".venv/bin/python -m pytest -n auto"
)
LONGEST = 105
"""Lines; whatever else there is to say has a page of its own."""


def reference(page: str) -> str:
    return (REFERENCE / page).read_text(encoding="utf-8")


def test_it_is_short() -> None:
    """Whoever opens the project has read the README in two minutes."""
    assert len(README.splitlines()) <= LONGEST


def test_two_commands_are_all_that_is_needed() -> None:
    """One installs and does the main job, one installs and passes the tests, word for word."""
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv")]

    assert commands == [INSTALL_AND_BUILD, INSTALL_AND_TEST]


@pytest.mark.parametrize("command", [command.NAME for command in COMMANDS])
def test_every_command_stands_in_the_readme(command: str) -> None:
    """Whoever reads the README learns of every command, and finds its options in the reference."""
    assert f"sheetprop {command}" in README
    assert f"## sheetprop {command}\n" in reference("commands.md")


@pytest.mark.parametrize("template", names())
def test_every_template_stands_in_the_reference(template: str) -> None:
    """Whoever looks for a lesson finds every one."""
    assert f"`{template}`" in reference("templates.md")


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_every_mistake_stands_in_the_reference(mistake: object) -> None:
    """Whoever looks up a name from a report finds it."""
    assert f"`{mistake.name}`" in reference("mistakes.md")  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["tutorial", "how-to", "reference", "explanation"])
def test_it_leads_to_the_pages(page: str) -> None:
    """The README tells where to read on."""
    assert f"](docs/{page}/index.md)" in README
