from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from exercise_books import Book, a_spec, blank, marked

from sheetprop.calculating.run_values import excel_value
from sheetprop.errors import LayoutError
from sheetprop.exercises.planted.bugs import is_circular, steps_of
from sheetprop.exercises.wanted import wanted
from sheetprop.lessons.layout import layout
from sheetprop.lessons.runs.rate_table import FIRST
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.maths.trees.expr import Name
from sheetprop.maths.trees.walk import substitute
from sheetprop.mistakes import MISTAKES
from sheetprop.mistakes.base import Subject
from sheetprop.tables.points import Points, Unreachable
from sheetprop.template import load
from sheetprop.workbooks.sheet import ExcelError

NETWORKS = [
    a_spec(),
    a_spec(rates=(0.1, 2.0), biases="shared"),
    a_spec((1, 1), biases="each"),
    a_spec((3, 2, 4), hidden="tanh", loss="squared error", biases="each"),
    a_spec(
        (2, 3, 3, 2), hidden="tanh", output="identity", loss="mean squared error", rates=(0.05,)
    ),
    a_spec((2, 2, 2, 1), hidden="relu", biases="shared", seed=3),
    a_spec((2, 3, 1), loss="cross-entropy", biases="each"),
    a_spec((2, 2, 8), output="tanh", biases="shared"),
    a_spec((2, 2, 8), loss="cross-entropy"),
]
SLOW = [
    a_spec(layers, hidden=h, output=o, loss=loss, biases=b, scale=s, seed=n, rates=(0.1,))
    for n, (layers, b, s) in enumerate(
        [((2, 2, 2), "none", 1.0), ((2, 3, 3, 2), "shared", 3.0), ((3, 2, 4), "each", 6.0)]
    )
    for h in ("sigmoid", "tanh", "relu", "identity")
    for o, loss in (
        ("sigmoid", "half squared error"),
        ("tanh", "squared error"),
        ("identity", "mean squared error"),
        ("relu", "half squared error"),
        ("sigmoid", "cross-entropy"),
    )
]


@pytest.mark.parametrize("spec", NETWORKS, ids=lambda spec: str(spec.architecture.layers))
def test_right_answers_are_right(spec):
    """Every answer that is the declared formula is judged right, in every row."""
    book = blank(spec)

    assert set(book.all_said(book.typed(book.all_right()))) == {1.0}


@pytest.mark.slow
@pytest.mark.parametrize("spec", SLOW, ids=lambda spec: str(spec.architecture))
def test_right_answers_are_never_wrong(spec):
    """Whatever the network, no right answer is judged wrong; what overflows is not judged."""
    book = blank(spec)

    assert book.all_said(book.typed(book.all_right()))[0.0] == 0


@pytest.mark.parametrize("parts", [("forward",), ("output",), ("hidden",), ("update",), ("all",)])
def test_empty_answers_are_not_judged(parts):
    """In an untouched exercise no answer is right or wrong and nothing is red or green."""
    book = blank(a_spec((2, 2, 2, 2), biases="each"), *parts)
    styles = Counter(style for _, style in marked(book.workbook, book.runs[0].name))

    assert set(book.all_said(book.workbook)) == {""}
    assert styles["right"] == styles["wrong"] == 0


def wrong_variants(book, name):
    """Yield wrong trees that a student may write for a quantity."""
    network = book.table.network
    points = Points(network)
    right = book.right(name)
    for mistake in MISTAKES:
        for variant in mistake.variants(Subject(network.quantities[name], network)):
            rows = steps_of(network, book.spec.iterations, name, variant.tree)
            if len(rows) < book.spec.iterations - book.answers[name]:
                continue
            try:
                points.evaluate(variant.tree)
            except Unreachable:
                continue
            is_other = not points.same(variant.tree, right)
            if is_other and not is_circular(network, name, variant.tree):
                yield variant.tree


FORWARD = ["h1", "a_h2", "o1", "a_o2", "E1", "E_total", "w1", "w8"]
GRADIENTS = ["dE/dw1", "dE/dw4", "dE/dw5", "dE/dw8"]


@pytest.mark.parametrize("name", ["h1", "a_o2", "E1", "E_total", "w8", "dE/dw3", "dE/dw8"])
def test_wrong_answers_are_wrong(name):
    """A wrong formula is red where its value is another, by a ten-thousandth of it even."""
    hold_to_values(blank(shortened(load("mazur"))), name, 6)


@pytest.mark.slow
@pytest.mark.parametrize("spec", [load("classic"), a_spec((2, 2, 2, 2), hidden="tanh")], ids=str)
@pytest.mark.parametrize("name", [*FORWARD, *GRADIENTS])
def test_wrong_answers_are_wrong_however_they_are(spec, name):
    """As above, for a great many mistakes."""
    hold_to_values(blank(shortened(spec)), name, 80)


def hold_to_values(book, name, most):
    """Compare what the check of a quantity says with the quantity's right value, row by row."""
    trees = list(wrong_variants(book, name))
    for tree in trees[:: max(1, len(trees) // most)]:
        typed = book.typed({**book.all_right(), name: tree})
        for said, value, right in zip(
            book.said(typed, name),
            values(book, typed, name),
            own_right(book, typed, name),
            strict=True,
        ):
            if isinstance(value, ExcelError) or isinstance(right, ExcelError):
                continue
            if abs(value - right) > 1e-4 * abs(right) + 1e-9:
                assert said == 0, (tree, value, right)
            elif abs(value - right) < 1e-9 * abs(right):
                assert said == 1, (tree, value, right)


def shortened(spec):
    """Return a lesson of one rate and four rows."""
    return replace(spec, learning_rates=(0.5,), iterations=4)


def values(book, workbook, name):
    cells = workbook[book.runs[0].name].cells
    return [cells[at].value for at in book.cells_of(name)]


def own_right(book, workbook, name):
    """Return what the right formula gives on the student's other numbers."""
    cells = workbook[book.runs[0].name].cells

    def value(row, leaf: Name):
        if leaf.name == LEARNING_RATE:
            return book.spec.learning_rates[0]
        return cells[row + leaf.shift, book.table.column[leaf.name]].value

    return [
        excel_value(book.right(name), lambda leaf, r=row: value(r, leaf))
        for row, _ in book.cells_of(name)
    ]


def test_the_commonest_mistake_is_red_in_every_row():
    """∂E/∂w3 with a_h1 in the place of a_h2, off by 2.6e-4, is red in all 100 rows."""
    book = blank(replace(load("classic"), learning_rates=(2.0,)), "hidden")
    right = book.right("dE/dw3")
    wrong = substitute(right, lambda n: Name("a_h1") if n == Name("a_h2") else None)
    typed = book.typed({**book.all_right(), "dE/dw3": wrong})

    assert set(book.said(typed, "dE/dw3")) == {0.0}
    assert set(book.said(typed, "dE/dw1")) == {1.0}


def test_an_empty_answer_makes_no_other_red():
    """With one quantity left empty, all others that are right are right or not judged."""
    book = blank(a_spec((2, 2, 1, 1), iterations=2))
    for name in list(book.answers)[::2]:
        said = book.all_said(book.typed(book.all_right(without=name)))
        assert said[0.0] == 0, name
        assert said[""] >= len(book.cells_of(name)), name


@pytest.mark.parametrize(("content", "said"), [("abc", 0.0), (0.123, 0.0), ("=1/0", 0.0)])
def test_what_is_no_formula(content, said):
    """A text, an error or a number that is not the right one is wrong."""
    book = blank(a_spec(), "output")

    assert book.said(book.typed({"dE/dw5": content}), "dE/dw5")[0] == said


def test_colours_follow_the_checks():
    """Right answers are green, wrong ones red, empty ones neither; what follows shows nothing."""
    book = blank(a_spec(), "output", "update")
    trees = {"dE/dw5": book.right("dE/dw5"), "dE/dw6": book.right("dE/dw5")}
    styles = dict(marked(book.typed(trees), book.runs[0].name))
    column = book.table.column

    assert styles[FIRST, column["dE/dw5"]] == "right"
    assert styles[FIRST, column["dE/dw6"]] == "wrong"
    assert (FIRST, column["dE/dw7"]) not in styles
    assert (FIRST, column["h1"]) not in styles
    assert styles[FIRST + 1, column["h1"]] == "waiting"
    assert (FIRST + 1, column["w1"]) not in styles


def test_nothing_waits_when_all_is_filled():
    """In a complete exercise every cell shows its value."""
    book = blank(a_spec())
    styles = Counter(s for _, s in marked(book.typed(book.all_right()), book.runs[0].name))

    assert set(styles) == {"right"}


def test_the_first_rows_of_a_faded_example_are_worked():
    """A faded example begins with complete rows and ends with empty ones, part after part."""
    spec = a_spec(iterations=12)
    book = Book(spec, wanted("faded"))
    cells = book.runs[0].cells
    empty = [
        sum((FIRST + step, column) not in cells for column in book.table.column.values())
        for step in range(12)
    ]

    assert empty[0] == empty[1] == 0
    assert empty == sorted(empty)
    assert len(set(empty)) == 5
    assert set(book.all_said(book.typed(book.all_right()))) == {1.0}


def test_the_sheet_counts_the_answers():
    """A line above the table tells how many answers are right, wrong and empty."""
    book = blank(a_spec(), "output")
    typed = book.typed({"dE/dw5": book.right("dE/dw5"), "dE/dw6": 1.0})
    texts = [cell.value for cell in typed[book.runs[0].name].cells.values()]

    assert any("Right: 6, not yet right: 6, open: 12" in str(text) for text in texts)


def test_compare_waits_for_the_answers():
    """What follows from empty answers is a dash on Compare; once they are there it is as ever."""
    spec = a_spec(rates=(0.5, 2.0))
    worked = layout(spec)["Compare"].cells
    book = blank(spec, "update")
    empty = book.workbook["Compare"].cells
    filled = book.typed(book.all_right())["Compare"].cells
    shown = {column: empty[7, column].value for column in range(3, 10)}

    assert shown == {3: worked[7, 3].value, **dict.fromkeys(range(4, 10), "–")}
    # Below the table stand the words for runs, of which an exercise has some of its own.
    numbers = {at: cell.value for at, cell in worked.items() if isinstance(cell.value, float)}
    assert numbers
    assert {at: filled[at].value for at in numbers} == numbers


def test_a_network_too_large_for_an_exercise():
    """One sentence says that there would be too many checks, and what to do."""
    with pytest.raises(LayoutError, match="more than 300000; leave less to the student"):
        blank(a_spec((8, 12, 8), rates=(0.1, 0.2, 0.5, 1.0), iterations=100), "hidden")


pytestmark = pytest.mark.slow  # with others like it, the default run would take too long
