"""What stands in TOML files: the keys of templates and rubrics, and the texts of workbooks."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from generator.markdown import block, code, document, escaped, listed, table
from sheetprop.checking.score import FAMILIES
from sheetprop.front.described import describe
from sheetprop.lessons.kinds.kind import Kind
from sheetprop.lessons.kinds.registry import KINDS
from sheetprop.shipped import folder
from sheetprop.template import KIND_NAMES, REQUIRED, SECTIONS
from sheetprop.words import ENGLISH, languages, texts_of


def templates_page() -> str:
    """Return the page of the lessons there are and the keys of a template."""
    lessons = table(("name", "about"), [(code(name), about) for name, about in describe().items()])
    keys = comments(folder() / "classic.toml")
    sections = [
        _section(section, list(its), keys, REQUIRED) for section, its in SECTIONS.items() if its
    ]
    texts = (
        "### [texts]\n\n"
        f"`language` is one of {listed(languages())}; every other key replaces a "
        "[text of the workbook](texts.md), and a table such as `[texts.de]` does so in one "
        "language."
    )
    return document(
        "# Templates",
        "The lessons that come with sheetprop, as `sheetprop templates` lists them:",
        lessons,
        "## Keys",
        "What a template may hold, in the words of the comments in `templates/classic.toml`. "
        f"Above all sections may stand `lesson`, the kind: {listed(KIND_NAMES)}; a network where "
        "it is left out.",
        *sections,
        texts,
        *(part for kind in KINDS for part in _kind(kind)),
    )


def _kind(kind: Kind) -> list[str]:
    """Return the keys of the templates of another kind of lesson."""
    told = comments(folder() / f"{kind.name}.toml")
    its = [_section(name, list(keys), told, kind.required) for name, keys in kind.sections.items()]
    about = (
        f'`lesson = "{kind.name}"` at the top of a template makes a lesson of another kind, '
        f"with the same `[texts]` and these keys, as in `templates/{kind.name}.toml`."
    )
    return [f"## The lesson {kind.name}", about, *its]


def _section(section: str, keys: list[str], told: dict[str, str], required: Collection[str]) -> str:
    rows = []
    for key in keys:
        name = f"{section}.{key}"
        needed = "must be there" if name in required else "may be left out"
        rows.append((code(key), needed, escaped(told[name])))
    return f"### [{section}]\n\n{table(('key', '', 'means'), rows)}"


def comments(path: Path) -> dict[str, str]:
    """Return the comment above each key of a TOML file, by section and key."""
    told: dict[str, str] = {}
    section, comment = "", [""]
    for line in path.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"\[([\w.]+)\]", line):
            section, comment = found[1], []
        elif found := re.match(r"(?:# )?(\w+) = ", line):  # a comment may show a key
            told[f"{section}.{found[1]}"] = _shared(comment, told)
        elif line.startswith("#"):
            is_next = line.startswith("#    ") and comment and not comment[-1].endswith(":")
            comment.append(("; " if is_next else " ") + line.lstrip("# "))  # of a list of choices
        else:
            comment = []
    return told


def _shared(comment: list[str], told: dict[str, str]) -> str:
    """Return a comment as one text; a key without one shares that of the key above."""
    return "".join(comment).strip() or list(told.values())[-1]


def texts_page() -> str:
    """Return the page of the languages and of all texts of a workbook."""
    of_each = [
        (code(language), str(len(texts_of(language))), code(f"templates/languages/{language}.toml"))
        for language in languages()
    ]
    every = "\n".join(_texts())
    return document(
        "# Texts",
        "The languages of the texts in a workbook (`build --language`):",
        table(("code", "texts", "file"), of_each),
        "A template's `[texts]` may replace any of them, by these keys. Words in braces stand "
        "for what the workbook knows, such as cells, and stay as they are.",
        block(every, "toml"),
    )


def _texts() -> Iterator[str]:
    """Yield the lines of the English texts as they stand in their file, without its head."""
    lines = (folder() / "languages" / f"{ENGLISH}.toml").read_text(encoding="utf-8").splitlines()
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    yield from lines[first + 1 :]


def rubric_page() -> str:
    """Return the page of the keys of a rubric."""
    told = comments(folder() / "rubrics" / "standard.toml")
    rows = [(code(family), escaped(told[f"points.{family}"])) for family in FAMILIES]
    return document(
        "# Rubrics",
        "What `check --score` gives points for. A rubric is a TOML file with one section, "
        "`[points]`, and a number from 0 for each of these keys; the one that comes with "
        "sheetprop is `templates/rubrics/standard.toml`.",
        table(("key", "points for"), rows),
    )
