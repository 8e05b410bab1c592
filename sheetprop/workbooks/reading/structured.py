"""References to the columns of Excel's own tables, ``Table1[[#This Row],[w1]]``, as addresses.

A range that was made a table ("Format as table") is referred to by the table's name and the texts
above its columns (ECMA-376 part 1, 18.5.1 and 18.17.6.4). Addresses say the same, and are what all
that reads formulas understands.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sheetprop.notation.address import address, column_letters, quoted
from sheetprop.notation.relative import references
from sheetprop.workbooks.reading.ooxml import relations_of, tree_of
from sheetprop.workbooks.reading.texts_in import unescape
from sheetprop.workbooks.sheet import Address, Sheet

THIS_ROW = "#this row"
ESCAPED = re.compile(r"'(.)")
PART = re.compile(r"(?<!')\[((?:[^\[\]']|'.)*+)\]")
START = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'|(?<![\w.\\])([^\W\d][\w.\\]*+)\[')


@dataclass(frozen=True)
class ListTable:
    """A table of Excel: its sheet, rows of header, data and totals, and columns by lower case."""

    sheet: str
    rows: Mapping[str, range]
    columns: Mapping[str, int]


def list_tables(archive: zipfile.ZipFile, part: str, sheet: str) -> Iterator[tuple[str, ListTable]]:
    """Yield the tables of a worksheet part by name, in lower case."""
    relations = relations_of(archive, part).values()
    for table in dict.fromkeys(r.part for r in relations if r.kind == "table"):
        if table in archive.NameToInfo:
            root = tree_of(archive, table)
            corners = references(root.get("ref", ""))
            name = root.get("displayName") or root.get("name", "")
            if corners and name:
                names = [one.get("name", "") for one in root.iterfind("{*}tableColumns/*")]
                heads, totals = (
                    int(root.get(key, default))
                    for key, default in (("headerRowCount", "1"), ("totalsRowCount", "0"))
                )
                yield name.lower(), _table(sheet, corners[0], corners[-1], names, heads, totals)


def _table(
    sheet: str, first: Address, last: Address, names: list[str], heads: int, totals: int
) -> ListTable:
    top, bottom = first[0] + heads, last[0] - totals
    rows = {
        "#headers": range(first[0], top),
        "#data": range(top, bottom + 1),
        "#totals": range(bottom + 1, last[0] + 1),
        "#all": range(first[0], last[0] + 1),
    }
    columns = {unescape(name).lower(): first[1] + k for k, name in enumerate(names)}
    return ListTable(sheet, rows, columns)


def with_addresses(sheet: Sheet, tables: Mapping[str, ListTable]) -> Sheet:
    """Return a sheet with addresses for the references to tables in its formulas."""
    changed = {
        at: cell._replace(formula=_in_addresses(cell.formula, sheet.name, at, tables))
        for at, cell in sheet.cells.items()
        if cell.formula is not None and "[" in cell.formula
    }
    return replace(sheet, cells={**sheet.cells, **changed}) if changed else sheet


def _in_addresses(formula: str, sheet: str, at: Address, tables: Mapping[str, ListTable]) -> str:
    pieces, end = [], 0
    for match in START.finditer(formula):
        table = tables.get((match[1] or "").lower())
        close = _closing(formula, match.end()) if table and match.start() >= end else -1
        if table is None or close < 0:
            continue
        place = _place(formula[match.end() : close], sheet, at, table)
        if place is not None:
            pieces += [formula[end : match.start()], place]
            end = close + 1
    return "".join([*pieces, formula[end:]])


def _closing(formula: str, start: int) -> int:
    """Return where the bracket that was opened before `start` closes, -1 where it does not."""
    depth, k = 1, start
    while k < len(formula):
        if formula[k] == "'":
            k += 1
        depth += {"[": 1, "]": -1}.get(formula[k : k + 1], 0)
        if depth == 0:
            return k
        k += 1
    return -1


def _place(inside: str, sheet: str, at: Address, table: ListTable) -> str | None:
    """Return the address that stands for what is in the brackets, None where it is not clear."""
    parts, is_span = _parts(inside)
    special = [part.lower() for part in parts if part.startswith("#")]
    names = [_plain(part) for part in parts if not part.startswith("#")]
    columns = [table.columns.get(name) for name in names]
    if None in columns or len(columns) > 2 or (len(columns) == 2 and not is_span):
        return None
    across = [column for column in columns if column is not None] or [*table.columns.values()]
    on_sheet = "" if table.sheet == sheet else f"{quoted(table.sheet)}!"
    if THIS_ROW in special:
        ends = [address(at[0], across[0]), address(at[0], across[-1])]
        return on_sheet + (":".join(ends) if across[0] != across[-1] else ends[0])
    rows = [row for name in special or ["#data"] for row in table.rows.get(name, ())]
    if not rows:
        return None
    left, right = column_letters(across[0]), column_letters(across[-1])
    return f"{on_sheet}${left}${min(rows)}:${right}${max(rows)}"


def _parts(inside: str) -> tuple[list[str], bool]:
    """Return the parts of ``[#This Row],[w1]``, ``@w1`` or ``w1``, and whether two make a span."""
    row = ["#This Row"] if inside.startswith("@") else []
    text = inside.removeprefix("@")
    found = PART.findall(text)
    if not found:
        return [*row, *([text] if text else [])], False
    return [*row, *found], bool(re.search(r"\]\s*:\s*\[", text))


def _plain(name: str) -> str:
    return ESCAPED.sub(r"\1", name).strip().lower()
