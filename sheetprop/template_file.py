"""The file of a template: found readable, decoded, and parsed as TOML."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sheetprop.bounded import content_of, loads
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
        return content_of(path, LARGEST_FILE)
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
        unclosed = _unclosed(text)
        if unclosed:
            raise SpecError(source, None, f"is no valid TOML: {unclosed}") from None
        end = f"at line {text.rstrip().count(chr(10)) + 1}, the end of the file"
        problem = str(error).replace("at end of document", end)
        raise SpecError(source, None, f"is no valid TOML: {problem}{_hint(text, error)}") from None


_COMMENT_OR_TEXT = re.compile(r'"""(?:.|\n)*?"""|(?<!\\)"(?:\\.|[^"\\\n])*+"|\'[^\'\n]*\'|#.*')
_BEGINS = re.compile(r"\s*(?:[\w.]+\s*=|\[\w+(?:\.\w+)*\]\s*$)")


_OPEN_SECTION = re.compile(r"(?m)^[ \t]*\[([A-Za-z_][\w.]*)[ \t]*$")


_SECTION = re.compile(r"\s*\[([^\[\]]+)\]\s*$")
_KEY = re.compile(r"\s*([\w.]+)\s*=")


def line_of(text: str, key: str) -> int | None:
    """Return the line of a key such as ``network.layers``, or of a section; None without any."""
    section = ""
    for number, line in enumerate(_without_texts(text).split("\n"), 1):
        if found := _SECTION.match(line):
            section = f"{found[1].strip()}."
            here = found[1].strip()
        elif found := _KEY.match(line):
            here = section + found[1]
        else:
            continue
        if here == key:
            return number
    return None


def _unclosed(text: str) -> str:
    """Return what has no bracket at its end, and its line; empty where nothing has none."""
    section = _OPEN_SECTION.search(_without_texts(text))
    if section:
        line = section.string.count("\n", 0, section.start()) + 1
        return f"the section in line {line} has no ] at its end: write [{section[1]}]"
    began = unclosed_list(text)
    return f"the list that begins in line {began} has no ] at its end" if began else ""


def _without_texts(text: str) -> str:
    """Return a template without texts and remarks, its lines where they are."""
    return _COMMENT_OR_TEXT.sub(lambda found: "\n" * found[0].count("\n"), text)


def unclosed_list(text: str) -> int | None:
    """Return the line in which a list begins that the next key or section finds still open."""
    plain = _without_texts(text)
    depth, began = 0, 0
    for number, line in enumerate([*plain.rstrip().split("\n"), "end ="], 1):
        is_begin = _BEGINS.match(line)
        if is_begin and depth > 0:
            return began
        value = line.partition("=")[2] if is_begin else line
        began = number if is_begin else began
        depth += value.count("[") - value.count("]")
    return None


_OF_THOUSANDS = 3  # digits behind a comma that parts thousands
DECIMAL_COMMA = re.compile(r"(?<![\d.])(\d+),(\d+)(?![\d.])")


def decimal_comma(line: str) -> str:
    """Return a hint where a line may have decimal commas, with the first number written right."""
    found = DECIMAL_COMMA.search(_COMMENT_OR_TEXT.sub("", line))
    if found is None:
        return ""
    whole, part = found.groups()
    if whole.strip("0") and len(part) == _OF_THOUSANDS and "[" not in line:
        return f" (a number has no comma: write {whole}{part}, or {whole}.{part} for a decimal one)"
    return f" (decimal numbers have a point: write {whole}.{part})"


_SLIPS = tuple(
    (re.compile(pattern), hint)
    for pattern, hint in (
        (r"[“”„«»‘’]", 'texts stand between straight quotation marks, "'),
        (r"[−–—](?=[\d.])", "the sign of a negative number is the one of the keyboard, -"),
        (r"=\s*(True|False)\b", "true and false are written in small letters"),
        (r"=\s*(?!true|false|inf|nan)([A-Za-z][\w -]*\w)\s*$", 'texts stand in "": write "{0}"'),
        (r'"', 'a text has no " at its end'),
        (r"^\s*[A-Za-z]\w*\s*(?::|[\[\d.-])", "a key and its value have = between them"),
        (r"^\s*[A-Za-z]\w*(?:\s+[^\s=]+)+\s*$", "a remark begins with #, a key has = behind it"),
        (r"=\s*$", "nothing stands behind ="),
        (r"=\s*[({]", "a list stands in square brackets, [ and ]"),
        (
            r"^[^=]*=[^\[]*[;,]\s*$",
            "nothing stands behind a value, neither a comma nor a semicolon",
        ),
        (r"\d\s*;", "the numbers of a list have a comma between them"),
        (r"(\d{1,9}) ?/ ?(\d{1,9})", "a fraction is written as a decimal number"),
        (r"(\d)\s*%", "a percentage is written as a decimal number, 0.9 for 90 %"),
        (r"(?<![\d.])(\.\d+)", "a number begins with a digit: write 0{0}"),
        (r"\d\s+[-+]?\d", "the numbers of a list have a comma between them"),
        (r"=\s*[^\[=]*\]\s*$", "the list has no [ at its beginning"),
        (
            r"=\s*[-\d.]+ ?[-,x×] ?[-\d.]",
            "several numbers stand in [ ], with commas between",
        ),
    )
)
"""What a line that is no TOML was probably meant to be; texts and remarks are left out of it."""

_AGAIN = "Cannot overwrite"


def _hint(text: str, error: ValueError) -> str:
    """Return what the line with the error was probably meant to be, in brackets."""
    where = re.search(r"line (\d+)", str(error))
    line = text.split("\n")[int(where[1]) - 1] if where else text.rstrip().rpartition("\n")[2]
    plain = _COMMENT_OR_TEXT.sub("", line)
    if str(error).startswith(_AGAIN):
        return f" ({plain.partition('=')[0].strip(' []')} stands in the file twice)"
    told = (hint.format(*found.groups()) for slip, hint in _SLIPS if (found := slip.search(plain)))
    return decimal_comma(line) or next((f" ({hint})" for hint in told), "")
