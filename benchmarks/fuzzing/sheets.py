"""Worksheets by chance: right tables with slips, tables of any headers, networks of any layers."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from hostile_files import MAIN, REL, table_rows
from worksheets import COMPUTED, RIGHT, Table

from fuzzing.words import SIZES, formula, header, reference, xml

LARGEST = 1 << 18
"""Characters of one worksheet, about: ten thousand files are to be checked in a night."""

VALUES = ("NaN", "INF", "1E400", "-0", "", "x", "0x1", "1e308", "\u0663", "1_0", "TRUE", "#N/A")
TYPES = ("",) * 40 + tuple(f' t="{kind}"' for kind in ("str", "b", "e", "d", "n", "z"))
AREAS = ("A1:XFD1048576", "B2:A1", "A100:A1000", "", "A1:", "A1:A1 B2:B2")
LAYERS = ((2, 2, 2), (16, 16, 8), (1, 1), (3, 2, 2, 2, 2, 1), (40, 2))

Maker = Callable[[random.Random], str]


def sheet(chance: random.Random) -> str:
    """Return a worksheet part."""
    rows = chance.choice(BLOCKS)(chance)
    behind = "".join(make(chance) for make in chance.sample(BEHIND, chance.choice((0, 1, 3))))
    return f'<worksheet {MAIN} xmlns:r="{REL}"><sheetData>{rows}</sheetData>{behind}</worksheet>'


def many(chance: random.Random) -> int:
    """Return how many there are of something: mostly one, sometimes thousands."""
    return chance.choice((1, 1, 50, 5_000))


def _right_with_slips(chance: random.Random) -> str:
    """Return the rows of a right table in which some formulas are of chance."""
    table = Table(iterations=chance.choice((1, 3, 8, 60)))
    for name in chance.sample([*COMPUTED, "w1", "w5"], chance.choice((0, 1, 3, 20))):
        table = table.changed(name, _slip(RIGHT[name], chance))
    rows = table_rows(table)
    if chance.random() < 0.3:
        old = chance.choice(("h1", "w1", "E_total", "a_o2", "t1"))
        rows = rows.replace(f">{old}<", f">{xml(header(chance))}<")
    if chance.random() < 0.3:
        rows = rows.replace("</f></c>", f"</f><v>{chance.choice(VALUES)}</v></c>")
    return rows


def _slip(right: str, chance: random.Random) -> str:
    """Return a formula made of a right one and of chance; its braces name quantities only."""
    of_chance = re.sub(r"[{}]", "", formula(chance, 2))
    return chance.choice(
        (f"={of_chance}", f"{right}+0*({of_chance})", f"{right}&{of_chance}", "=" + right,
         right.replace("*", chance.choice("+-/^&,")), right.replace("{", "({").replace("}", "})"),
         right.replace("*", "\u2217"), right + "+0" * 900)
    )  # fmt: skip


def _of_headers(chance: random.Random, first: int = 0) -> str:
    """Return tables whose headers and cells are all of chance, one below the other."""
    rows: list[str] = []
    at = first or chance.choice((1, 30, 1_040_000))
    for _ in range(chance.choice((1, 1, 5, 60))):
        columns = _columns(chance.choice((2, 9, 40, 300)))
        rows.append(_row(at, [_text(f"{one}{at}", header(chance)) for one in columns]))
        for at in range(at + 1, at + chance.choice((2, 3, 6, 30))):  # noqa: B020 - goes on below
            rows.append(_row(at, [_cell(chance, f"{one}{at}") for one in columns]))
            if sum(map(len, rows)) > LARGEST:
                return "".join(rows)
        at += chance.choice((1, 2))
    return "".join(rows)


def _behind_a_right_one(chance: random.Random) -> str:
    return table_rows() + _of_headers(chance, 300)


def _row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(where: str, content: str) -> str:
    return f'<c r="{where}" t="inlineStr"><is><t>{xml(content)}</t></is></c>'


def _cell(chance: random.Random, where: str) -> str:
    kind = chance.random()
    if kind < 0.35:
        return f'<c r="{where}"><v>{chance.choice((*VALUES, "0.15", "1", "2"))}</v></c>'
    if kind < 0.55:
        return _text(where, header(chance))
    if kind < 0.9:
        own = f"<f{_kind(chance)}>{xml(formula(chance))}</f>"
        return f'<c r="{where}"{chance.choice(TYPES)}>{own}<v>1</v></c>'
    index = "0" if kind < 0.999 else chance.choice(SIZES)
    return f'<c r="{where}" s="{index}" t="s"><v>{index}</v></c>'


def _kind(chance: random.Random) -> str:
    ref = chance.choice(AREAS)
    return chance.choice(
        ("", "", "", "", f' t="array" ref="{ref}"', f' t="shared" si="0" ref="{ref}"',
         ' t="shared" si="0"', f' t="dataTable" ref="{ref}" r1="A1" r2="A2" dt2D="1"', ' ca="1"')
    )  # fmt: skip


def _columns(count: int) -> list[str]:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [(letters[k // 26 - 1] if k >= 26 else "") + letters[k % 26] for k in range(count)]


def _of_layers(chance: random.Random) -> str:
    """Return a network by its headers, with formulas of chance or among its own cells."""
    names = _names(chance.choice(LAYERS), chance)
    if chance.random() < 0.4:
        chance.shuffle(names)
    columns = _columns(min(len(names), 700))
    of_chance = formula(chance, 2)
    texts = [_text(f"{one}9", name) for one, name in zip(columns, names, strict=False)]
    rows = [_row(9, texts)]
    for row in range(10, 10 + chance.choice((2, 9, 40))):
        formulas = [
            of_chance
            if chance.random() < 0.5
            else f"{chance.choice(columns)}{row}*{chance.choice(columns)}{row - 1}"
            for _ in columns
        ]
        cells = (
            f'<c r="{one}{row}"><f>{xml(own)}</f><v>{row / 7}</v></c>'
            for one, own in zip(columns, formulas, strict=True)
        )
        rows.append(_row(row, [*cells]))
        if sum(map(len, rows)) > LARGEST:
            break
    return "".join(rows)


def _names(shape: Sequence[int], chance: random.Random) -> list[str]:
    """Return the headers of a network of layers."""
    names = [f"i{k + 1}" for k in range(shape[0])] + [f"t{k + 1}" for k in range(shape[-1])]
    weights = [f"w{k + 1}" for k in range(sum(a * b for a, b in pairwise(shape)))]
    names += weights
    for layer, width in enumerate(shape[1:], 1):
        letter = "o" if layer == len(shape) - 1 else chance.choice(("h", f"h{layer}_"))
        names += [f"{kind}{letter}{k + 1}" for k in range(width) for kind in ("", "a_")]
    return [*names, "E_total", *(f"\u2202E/\u2202{name}" for name in weights)]


BLOCKS: Sequence[Maker] = (
    _right_with_slips, _right_with_slips, _of_headers, _of_layers, _behind_a_right_one,
)  # fmt: skip


def _merged(chance: random.Random) -> str:
    one = f'<mergeCell ref="{reference(chance)}"/>'
    return f"<mergeCells>{one * many(chance)}</mergeCells>"


def _conditional(chance: random.Random) -> str:
    rule = f'<cfRule type="expression" dxfId="9"><formula>{xml(formula(chance))}</formula></cfRule>'
    one = f'<conditionalFormatting sqref="{reference(chance)}">{rule}</conditionalFormatting>'
    return one * min(many(chance), LARGEST // len(one) + 1)


def _validated(chance: random.Random) -> str:
    inner = f"<formula1>{xml(formula(chance))}</formula1>"
    one = f'<dataValidation type="list" sqref="{reference(chance)}">{inner}</dataValidation>'
    return f"<dataValidations>{one * min(many(chance), LARGEST // len(one) + 1)}</dataValidations>"


def _linked(chance: random.Random) -> str:
    one = f'<hyperlink ref="{reference(chance)}" r:id="r1" location="{xml(reference(chance))}"/>'
    return f"<hyperlinks>{one * many(chance)}</hyperlinks>"


def _drawn(chance: random.Random) -> str:
    return '<drawing r:id="r1"/>' * chance.choice((1, 2, 9)) + '<legacyDrawing r:id="r3"/>'


def _tables(chance: random.Random) -> str:
    one = '<tablePart r:id="r2"/>'
    return f"<tableParts>{one * chance.choice((1, 900))}</tableParts>"


def _objects(chance: random.Random) -> str:
    one = '<oleObject progId="x" r:id="r1"/>'
    return f"<oleObjects>{one * chance.choice((1, 9))}</oleObjects>"


def _filtered(chance: random.Random) -> str:
    return f'<autoFilter ref="{reference(chance)}"/><sortState ref="{reference(chance)}"/>'


def _more_rows(_: random.Random) -> str:
    return "<sheetData><row><c><v>1</v></c></row></sheetData>"


BEHIND: Sequence[Maker] = (
    _merged, _conditional, _validated, _linked, _drawn, _tables, _objects, _filtered, _more_rows,
)  # fmt: skip
