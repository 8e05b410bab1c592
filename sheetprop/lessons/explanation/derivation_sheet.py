"""The Derivation sheet: the chosen step from the forward pass to the update, line by line.

A line is one tree, three times: as mathematics, with the step's numbers in it, and as a formula.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sheetprop.lessons.explanation.cell_names import cell_name
from sheetprop.lessons.explanation.number_text import NumberTexts, longest, without_brackets
from sheetprop.lessons.explanation.page_parts import FIRST, make_room, open_page, put_text
from sheetprop.lessons.explanation.paths import paths_of
from sheetprop.lessons.parts.path_marks import path_marks, put_path
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.chain import MOST, Chain, Equation, Section
from sheetprop.maths.names import is_gradient
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.address import address, on
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.text import name_text, pieces, shortened, to_text, without_cases
from sheetprop.words import Words
from sheetprop.workbooks.look import Highlight, Look
from sheetprop.workbooks.page import DERIVATION, Page
from sheetprop.workbooks.sheet import Address, Cell, Indexed, Sheet

MATHS, NUMBERS, VALUE, SAME, NOTE = range(1, 6)  # columns
WIDTHS = {MATHS: 44.0, NUMBERS: 52.0, VALUE: 12.0, SAME: 11.0, NOTE: 56.0}
HEADS = {
    MATHS: "derivation_maths",
    NUMBERS: "derivation_numbers",
    VALUE: "derivation_value",
    SAME: "derivation_same",
    NOTE: "derivation_note",
}
LONGEST_FORMULA = 8_192  # characters in a cell
EXACT = "1E-12"
_SAME, _OTHER = "✓", "≠"


@dataclass
class _Writer:
    """The sheet in the making, and the cell of every line written so far."""

    chain: Chain
    chosen: Chosen
    texts: NumberTexts
    words: Words
    page: Page = field(default_factory=Page)
    cells: dict[str, Address] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    trees: dict[str, Expr] = field(default_factory=dict)

    def put(self, row: int, line: Equation) -> None:
        tree = self._known(line.tree)
        written = to_excel(tree, self._here)
        if len(written) > LONGEST_FORMULA:
            written = f"={self.chosen.value[line.name]}"
        name = name_text(line.name)
        maths = f"{name} = {to_text(without_cases(shortened(line.tree)))}"
        put_text(self.page, (row, MATHS), Cell(Indexed(maths)), "maths", WIDTHS)
        numbers = without_cases(shortened(tree))
        self.page.put((row, NUMBERS), Cell(None, self._with_numbers(numbers)), "maths numbers")
        make_room(self.page, row, self._sample(numbers), WIDTHS[NUMBERS])
        style = "maths result" if is_gradient(line.name) else "maths value"
        self.page.put((row, VALUE), Cell(None, written), style)
        self.cells[line.name] = (row, VALUE)
        self.names[cell_name(line.name)] = on(DERIVATION, (row, VALUE))
        self.trees[line.name] = line.tree
        if line.name in self.chosen.value:
            self._compare(row, self.chosen.value[line.name])
        if line.note:
            note = self.words[f"derivation_note_{line.note}"]
            put_text(self.page, (row, NOTE), note, "long quiet", WIDTHS)

    def _compare(self, row: int, table: str) -> None:
        here = address(row, VALUE)
        largest = f"MAX(ABS({here}),ABS({table}))"
        formula = f'=IFERROR(IF(ABS({here}-{table})<={EXACT}*{largest},"{_SAME}","{_OTHER}"),"–")'
        self.page.put((row, SAME), Cell(None, formula), "mark")

    def _known(self, tree: Expr) -> Expr:
        """Return a tree with factors that have no cell written out."""

        def written_out(leaf: Expr) -> Expr | None:
            if not isinstance(leaf, Name) or leaf.name in self.cells:
                return None
            if leaf.name in self.chosen.value or leaf.name not in self.chain.factors:
                return None
            return self._known(self.chain.factors[leaf.name])

        return substitute(tree, written_out)

    def _here(self, leaf: Expr) -> str:
        """Return the name of a cell as formulas on this sheet write it, and define it."""
        name = _name(leaf)
        if name not in self.cells:
            self.names[cell_name(name)] = self.chosen.value[name]
        return cell_name(name)

    def _with_numbers(self, tree: Expr) -> str:
        """Return the formula that shows the line with the numbers of the step in it."""
        found = ["= ", *pieces(tree), ""]
        around = zip(found, found[1:], found[2:], strict=False)
        parts = ['"= "'] + [self._part(*three) for three in around if three[1]]
        formula = "=" + "&".join(parts).replace('"&"', "")
        return formula if len(formula) <= LONGEST_FORMULA else '="…"'

    def _sample(self, tree: Expr) -> str:
        """Return a line with numbers as long as they get: what the height of its row is for."""
        network = self.chain.network
        texts = (p if isinstance(p, str) else longest(p.name, network) for p in pieces(tree))
        return "= " + "".join(texts)

    def _part(self, before: str | Name, piece: str | Name, after: str | Name) -> str:
        if isinstance(piece, str):
            return f'"{piece}"'
        known = self.cells.get(piece.name)
        cell = on(DERIVATION, known) if known else self.chosen.value[piece.name]
        text = self.texts.of(cell, piece.name)
        return without_brackets(text) if _needs_none(str(before), str(after)) else text


def _needs_none(before: str, after: str) -> bool:
    """Whether a negative number needs no brackets between two texts: nothing acts on its sign."""
    return before.endswith(("(", "[", ", ", "= ")) and not after.startswith(_POWERS)


_POWERS = ("^", *"⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def _name(leaf: Expr) -> str:
    if not isinstance(leaf, Name):
        raise TypeError(f"no cell stands for {leaf!r}")
    return leaf.name


def derivation_sheet(
    chain: Chain, start: Start, chosen: Chosen, texts: NumberTexts, words: Words
) -> tuple[Sheet, Mapping[str, str]]:
    """Return the sheet that derives the gradients of the chosen step, and the names it uses.

    A name such as ``w_1`` stands for a cell: its formulas read ``=w_1*i_1+w_2*i_2``.
    """
    writer = _Writer(chain, chosen, texts, words)
    page = writer.page
    open_page(page, DERIVATION, words, (MATHS, NUMBERS, VALUE, NOTE))
    _choice(page, start, chosen, texts, words)
    put_path(page, _PATH, start.choice.cell("path"), words)
    head = FIRST + 1
    for column, key in HEADS.items():
        page.put((head, column), words[key], "head")
    page.heights[head] = 28
    row = head + 1
    for remark in _remarks(chain, words):
        put_text(page, (row, MATHS), remark, "long quiet", WIDTHS, NOTE)
        row += 1
    for number, block in enumerate(chain.blocks(), 1):
        row = _put_block(writer, block, number, row)
    look = Look(
        styles=page.styles,
        links=page.links,
        widths=WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        freeze=(head + 1, 1),
        heads=(head, head),
        scientific=(((head + 1, VALUE), (row, VALUE)),),
        marks=tuple(_path_marks(writer)),
        tab="#56B4E9",
        plain_formulas=True,
    )
    return Sheet(DERIVATION, page.cells, look=look), writer.names


_PATH: Address = (FIRST - 1, SAME)


def _path_marks(writer: _Writer) -> Iterator[Highlight]:
    """Yield the marks of the lines on the path of a weight: forward, back, and its update."""
    paths = paths_of(writer.chain, writer.trees)
    for name, (row, _) in writer.cells.items():
        own = paths[name]
        yield from path_marks(_PATH, (row, MATHS), (row, NUMBERS), own, numbers=False)
        yield from path_marks(_PATH, (row, VALUE), (row, VALUE), own, numbers=True)


def _remarks(chain: Chain, words: Words) -> Iterator[str]:
    """Yield what a large network leaves out."""
    if not chain.is_complete:
        yield words("derivation_large", most=MOST)
    if len(chain.network.layers) > 1 and not chain.reaches_hidden:
        yield words["derivation_many"]


def _choice(page: Page, start: Start, chosen: Chosen, texts: NumberTexts, words: Words) -> None:
    """Say which step is shown, and lead to where another is chosen."""
    rate = texts.of(chosen.value["eta"], "eta")
    said = words.formula("derivation_step", step=chosen.step, rate=rate)
    page.put((FIRST - 1, MATHS), Cell(None, said), "heading")
    page.put(
        (FIRST - 1, NUMBERS),
        words["derivation_choose"],
        "link",
        start.choice.link,
    )


def _put_block(writer: _Writer, block: Section, number: int, row: int) -> int:
    """Write a block and return the first row below it."""
    page, words = writer.page, writer.words
    row += 1
    title = words(f"derivation_{block.name}", weight=block.about)
    numbered = title if block.name == "update" else f"{number}  {title}"
    page.put((row, MATHS), numbered, "heading")
    page.heights[row] = 20
    about = words(f"derivation_{block.name}_about", **dict(_facts(block)))
    put_text(page, (row + 1, MATHS), about, "long quiet", WIDTHS, NOTE)
    row += 2
    for line in block.lines:
        writer.put(row, line)
        row += 1
    return row


def _facts(block: Section) -> Iterator[tuple[str, str]]:
    """Yield what the text about a block may mention: its weight and that one's chain."""
    yield "weight", block.about
    if block.about:
        last = block.lines[-1]
        yield "chain", f"{name_text(last.name)} = {to_text(last.tree)}"
