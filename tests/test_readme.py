from __future__ import annotations

import re
from pathlib import Path

import pytest
from worksheets import RIGHT, Table, save

from sheetprop.checking.check import check_file
from sheetprop.cli import COMMANDS
from sheetprop.cli.arguments import Parser
from sheetprop.mistakes import MISTAKES
from sheetprop.reports import text
from sheetprop.template import names

README = Path(__file__).parent.parent / "README.md"


def options():
    """Return every option of every command, with its spellings: ``"build -o --output"``."""
    found = []
    for command in COMMANDS:
        parser = Parser(prog=command.NAME)
        command.add_arguments(parser)
        for line in re.findall(r"^  (-.*)$", parser.format_help(), flags=re.MULTILINE):
            spellings = re.findall(r"(?<![\w-])--?[a-z][a-z-]*", line.split("  ")[0])
            if "--help" not in spellings:
                found.append(" ".join([command.NAME, *spellings]))
    return found


@pytest.mark.parametrize("command", [command.NAME for command in COMMANDS])
def test_every_command_stands_in_the_readme(command):
    """Whoever reads the README learns of every command."""
    assert f"sheetprop {command}" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("option", options())
def test_every_option_stands_in_the_readme(option):
    """Whoever reads the README learns of every option, by one of its spellings."""
    words = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", README.read_text(encoding="utf-8")))
    assert words & set(option.split()[1:])


@pytest.mark.parametrize("template", names())
def test_every_template_stands_in_the_readme(template):
    """Whoever reads the README learns of every lesson."""
    assert f"`{template}`" in README.read_text(encoding="utf-8")


@pytest.mark.parametrize("mistake", [mistake.name for mistake in MISTAKES])
def test_every_mistake_stands_in_the_readme(mistake):
    """Whoever reads the README learns of every mistake that is found."""
    assert f"`{mistake}`" in README.read_text(encoding="utf-8")


def test_the_report_shown_is_the_one_given(tmp_path, monkeypatch):
    """The example is what check says of a worksheet with the mistake of the class file."""
    table = Table(iterations=68)
    for quantity in ("dE/dw3", "dE/dw4"):
        wrong = RIGHT[quantity].replace("{a_h2}*(1-{a_h2})", "{a_h1}*(1-{a_h1})")
        table = table.changed(quantity, wrong)
    monkeypatch.chdir(tmp_path)
    save(Path("student.xlsx"), table)
    shown = README.read_text(encoding="utf-8").split("$ sheetprop check student.xlsx\n")[1]

    assert text.render([check_file("student.xlsx")]) == shown.split("\n```")[0]
