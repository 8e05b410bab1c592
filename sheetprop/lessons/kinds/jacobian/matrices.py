"""The chain rule as a product of two matrices, held against differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetprop.lessons.kinds.fading import is_left, looks_worked
from sheetprop.lessons.kinds.jacobian.content import Functions, Jacobian, value
from sheetprop.lessons.kinds.kind import BLANK, FADED
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.notation.address import address, fixed
from sheetprop.notation.excel_write import to_excel
from sheetprop.notation.text import to_text
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

NAME, VALUE, RULE = 1, 2, 3
STEP = "0.0001"


@dataclass
class Writer:
    """Writes functions and matrices on a page; `cells` are the cells of names so far."""

    page: Page
    words: Words
    variant: str
    cells: dict[str, str]

    def put_inputs(self, row: int, functions: Functions) -> int:
        """Write inputs, which may be changed; return the row below."""
        for name, number in functions.inputs.items():
            self.page.put((row, NAME), name, "name")
            self.page.put((row, VALUE), Cell(number), "input")
            self.cells[name] = fixed((row, VALUE))
            row += 1
        return row

    def put_functions(self, row: int, functions: Functions, letter: str) -> int:
        """Write functions with their values; return the row below."""
        for number, tree in enumerate(functions.trees, 1):
            name = f"{letter}{number}"
            self.page.put((row, NAME), name, "name")
            self.page.put((row, RULE), f"{name} = {to_text(tree)}", "legend")
            self.put_answer((row, VALUE), Cell(None, self.formula(tree)))
            self.cells[name] = fixed((row, VALUE))
            row += 1
        return row

    def formula(self, tree: Expr, moved: str = "", by: str = "") -> str:
        """Return the formula of a tree; one name may be `moved` a little."""

        def reference(leaf: Expr) -> str:
            if not isinstance(leaf, Name):
                raise TypeError(f"no cell stands for {leaf!r}")
            cell = self.cells[leaf.name]
            return f"({cell}{by})" if leaf.name == moved else cell

        return to_excel(tree, reference)

    def put_answer(
        self, at: Address, cell: Cell, style: str = "number", turn: int = 0, turns: int = 2
    ) -> None:
        """Write what is to be filled in: in a blank one nothing, in a faded one less by turns."""
        if is_left(self.variant, turn, turns):
            self.page.put(at, Cell(), "answer")
        else:
            self.page.put(at, cell, style if looks_worked(self.variant) else "answer")

    def put_matrix(
        self,
        at: Address,
        title: str,
        heads: Sequence[str],
        matrix: Sequence[Sequence[Cell]],
        turn: int = 0,
    ) -> str:
        """Write a matrix with its title and the names of its columns; return its range.

        Its first row has its turn in a faded exercise: MMULT has no value as long as one is empty.
        """
        row, column = at
        self.page.put((row, column), title, "chart title")
        for k, head in enumerate(heads):
            self.page.put((row + 1, column + k), head, "head gradient")
        for i, line in enumerate(matrix, row + 2):
            for j, cell in enumerate(line, column):
                self.put_answer((i, j), cell, turn=turn + i - row - 2)
        last = row + 1 + len(matrix), column + len(heads) - 1
        return f"{fixed((row + 2, column))}:{fixed(last)}"


def put_chain(writer: Writer, row: int, found: Jacobian) -> int:
    """Write inputs, both layers of functions and all matrices; return the row below."""
    words = writer.words
    row = writer.put_inputs(row, found.inner)
    row = writer.put_functions(row, found.inner, "u")
    row = writer.put_functions(row, found.outer, "f")
    outer, inner = found.outer.slopes(), found.inner.slopes()
    left = [[Cell(None, writer.formula(tree)) for tree in line] for line in outer]
    right = [[Cell(None, writer.formula(tree)) for tree in line] for line in inner]
    top, column, between = row + 1, 1, len(found.outer.inputs)
    first = writer.put_matrix((top, column), "∂f/∂u", tuple(found.outer.inputs), left)
    column += between + 1
    writer.page.put((top + 2, column - 1), "·", "mark")
    second = writer.put_matrix((top, column), "∂u/∂x", tuple(found.inner.inputs), right)
    column += len(found.inner.inputs) + 1
    writer.page.put((top + 2, column - 1), "=", "mark")
    names = tuple(found.inner.inputs)
    numbers = _product(found)
    product = [
        [
            Cell(numbers[i][j], f"=INDEX(MMULT({first},{second}),{i + 1},{j + 1})")
            for j in range(len(names))
        ]
        for i in range(len(left))
    ]
    title = f"∂f/∂x {words['jacobian_product']}"
    writer.put_matrix((top, column), title, names, product, turn=1)
    _put_differences(writer, (top, column + len(names) + 1), found, (top + 2, column))
    row = top + 2 + max(len(left), len(right)) + 1
    return _put_rules(writer, row, found)


def _product(found: Jacobian) -> list[list[float]]:
    """Return the product's numbers, since the engine has no MMULT."""
    own = dict(found.inner.inputs)
    between = {f"u{k}": value(tree, own) for k, tree in enumerate(found.inner.trees, 1)}
    left = [[value(tree, between) for tree in line] for line in found.outer.slopes()]
    right = [[value(tree, own) for tree in line] for line in found.inner.slopes()]
    columns = list(zip(*right, strict=True))
    return [
        [sum(a * b for a, b in zip(line, column, strict=True)) for column in columns]
        for line in left
    ]


def _put_differences(writer: Writer, at: Address, found: Jacobian, product: Address) -> None:
    """Write the slopes of the whole by central differences, and a mark for each entry."""
    page, (row, column), names = writer.page, at, tuple(found.inner.inputs)
    trees = {f"u{k}": tree for k, tree in enumerate(found.inner.trees, 1)}
    marks = column + len(names) + 1
    page.put((row, column), writer.words["gates_difference"], "chart title")
    page.put((row, marks), writer.words["gates_same"], "chart title")
    for i, tree in enumerate(found.outer.trees):
        whole = substitute(tree, lambda leaf: trees.get(leaf.name) if type(leaf) is Name else None)
        for j, name in enumerate(names):
            page.put((row + 1, column + j), name, "head")
            ends = [writer.formula(whole, name, sign + STEP).removeprefix("=") for sign in "+-"]
            slope = f"(({ends[0]})-({ends[1]}))/(2*{STEP})"
            there = row + 2 + i, column + j
            page.put(there, Cell(None, f'=IFERROR({slope},"–")'), "maths still")
            own, other = address(product[0] + i, product[1] + j), address(*there)
            same = f"ABS({own}-{other})<=0.00001*(1+ABS({own}))"
            mark = f'=IFERROR(IF(ISNUMBER({own}),IF({same},"✓","≠"),"–"),"–")'
            page.put((row + 2 + i, marks + j), Cell(None, mark), "mark")


def _put_rules(writer: Writer, row: int, found: Jacobian) -> int:
    """Write every partial derivative as mathematics, but those that are 0."""
    if writer.variant in (BLANK, FADED):
        return row
    writer.page.put((row, 1), writer.words["jacobian_rules"], "heading")
    for letter, functions in (("u", found.inner), ("f", found.outer)):
        for number, line in enumerate(functions.slopes(), 1):
            row += 1
            told = [
                f"∂{letter}{number}/∂{name} = {to_text(tree)}"
                for name, tree in zip(functions.inputs, line, strict=True)
            ]
            writer.page.put((row, 1), "    ".join(told), "text")
    return row + 1
