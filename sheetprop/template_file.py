"""The file of a template: found readable, decoded, and parsed as TOML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sheetprop.bounded_toml import loads
from sheetprop.errors import SpecError

LARGEST_FILE = 1 << 20
"""Bytes; a template is a short text, and a larger file is something else."""


def text_of(source: str, path: Path) -> str:
    """Return the text of a template's file.

    Raises:
        SpecError: it cannot be read, or is no text.

    """
    content = _content(source, path)
    if len(content) > LARGEST_FILE:
        raise SpecError(source, None, "is larger than 1 MB, so it is no template")
    if content.startswith(b"PK\x03\x04"):
        raise SpecError(source, None, "is a workbook or an archive; a template is a TOML text file")
    if b"\0" in content:
        raise SpecError(source, None, "is a binary file; a template is a TOML text file in UTF-8")
    try:
        return content.decode("utf-8-sig")  # some editors put a mark before the text
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise SpecError(source, None, f"is not UTF-8 (line {line}); save it as UTF-8") from None


def _content(source: str, path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise SpecError(source, None, "there is no such file") from None
    except IsADirectoryError:
        raise SpecError(source, None, "is a folder; name a TOML file in it") from None
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        reason = getattr(error, "strerror", None) or error
        raise SpecError(source, None, f"cannot be read ({reason})") from None


def parsed(source: str, text: str) -> dict[str, Any]:
    """Return what a template says, section by section.

    Raises:
        SpecError: it is no TOML; the sentence names the line and what was probably meant.

    """
    try:
        return loads(text)
    except RecursionError:
        raise SpecError(source, None, "has lists nested too deeply for a template") from None
    except ValueError as error:
        unclosed = unclosed_list(text)
        if unclosed:
            problem = f"the list that begins in line {unclosed} has no ] at its end"
            raise SpecError(source, None, f"is no valid TOML: {problem}") from None
        end = f"at line {text.rstrip().count(chr(10)) + 1}, the end of the file"
        problem = str(error).replace("at end of document", end)
        raise SpecError(source, None, f"is no valid TOML: {problem}{_comma(text, error)}") from None


_COMMENT_OR_TEXT = re.compile(r'"""(?:.|\n)*?"""|(?<!\\)"(?:\\.|[^"\\\n])*+"|\'[^\'\n]*\'|#.*')
_BEGINS = re.compile(r"\s*(?:[\w.]+\s*=|\[\w+(?:\.\w+)*\]\s*$)")


def unclosed_list(text: str) -> int | None:
    """Return the line in which a list begins that the next key or section finds still open."""
    plain = _COMMENT_OR_TEXT.sub(lambda found: "\n" * found[0].count("\n"), text)
    depth, began = 0, 0
    for number, line in enumerate([*plain.rstrip().split("\n"), "end ="], 1):
        is_begin = _BEGINS.match(line)
        if is_begin and depth > 0:
            return began
        value = line.partition("=")[2] if is_begin else line
        began = number if is_begin else began
        depth += value.count("[") - value.count("]")
    return None


DECIMAL_COMMA = re.compile(r"(?<![\d.])(\d+),(\d+)(?![\d.])")


def decimal_comma(line: str) -> str:
    """Return a hint where a line may have decimal commas, with the first number written right."""
    found = DECIMAL_COMMA.search(_COMMENT_OR_TEXT.sub("", line))
    return f" (decimal numbers have a point: write {found[1]}.{found[2]})" if found else ""


def _comma(text: str, error: ValueError) -> str:
    where = re.search(r"line (\d+)", str(error))
    return decimal_comma(text.split("\n")[int(where[1]) - 1]) if where else ""
