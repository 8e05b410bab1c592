"""From cells to trees: tables found, their lines read, formulas put into quantity names."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from worksheets import ORDER, RIGHT, Content, Table, contents

from sheetprop.calculating.engine import Engine
from sheetprop.checking.finding.recognise import find_tables
from sheetprop.checking.fitting.given import used
from sheetprop.checking.fitting.identify import fit, points_of
from sheetprop.checking.fitting.learning_rate import find_rate, with_rate
from sheetprop.checking.judging.judge import judge
from sheetprop.errors import FormulaError
from sheetprop.maths.network import Network
from sheetprop.maths.trees.expr import Name, Number
from sheetprop.notation.excel_parse import CellReference
from sheetprop.spec import Architecture
from sheetprop.tables.judgement import Judgement
from sheetprop.tables.lines import Reading, read_line
from sheetprop.tables.readings.read import readings
from sheetprop.tables.table import DOWN, Rate, range_text, runs
from sheetprop.tables.table import Table as Found
from sheetprop.tables.translate import Translator
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value, Workbook

T = Table()


def book(*tables: Table, further: Mapping[str, Mapping[str, Content]] | None = None) -> Workbook:
    """Return a workbook in memory."""
    sheets = []
    for name, cells in contents(tables, further).items():
        made = {a: _cell(c) for a, c in cells.items()}
        sheets.append(Sheet(name, made))
    return Workbook(tuple(sheets))


def _cell(content: Content) -> Cell:
    is_formula = isinstance(content, str) and content.startswith("=")
    return Cell(None, str(content)) if is_formula else Cell(content)


def values(workbook: Workbook) -> Engine:
    return Engine(workbook)


def translated(table: Table, quantity: str, step: int = 2, **further: Content) -> object:
    """Return the tree of one cell of a table."""
    workbook = book(table, further={"Sheet1": further})
    found = find_tables(workbook)[0]
    return Translator(workbook, found, values(workbook).value).tree(found.cell(quantity, step))


def judged(table: Table) -> Judgement:
    workbook = book(table)
    judgement = judge(workbook, find_tables(workbook)[0], values(workbook).value)
    assert judgement
    return judgement


@pytest.mark.parametrize("table", [T, Table(across=True, header=2, first_line=4, rate_cell=(1, 1))])
def test_table_knows_its_cells(table: Table) -> None:
    """A found table gives the address, the range and the whole extent of what it holds."""
    (found,) = find_tables(book(table))

    assert found.iterations == table.iterations
    assert found.orientation == ("columns" if table.across else "rows")
    assert set(found.lines) == set(ORDER)
    for name in ORDER:
        assert found.cell(name, 3) == table.cell(name, 3)
        assert found.range_text(name) == table.range(name)
        assert found.range_text(name, (2, 4)) == table.range(name, 2, 4)
        line, place = found.split(table.cell(name, 5))
        assert found.at(line, place) == table.cell(name, 5)


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], []),
        ([4], [(4, 4)]),
        ([1, 2, 3, 7], [(1, 3), (7, 7)]),
        ([7, 3, 2, 1], [(1, 3), (7, 7)]),
        ([0, 2, 4], [(0, 0), (2, 2), (4, 4)]),
    ],
)
def test_runs(steps: list[int], found: list[tuple[int, int]]) -> None:
    """Numbers are gathered into runs of consecutive ones."""
    assert runs(steps) == found


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [((32, 26), (99, 26), "Z32:Z99"), ((1, 1), (1, 1), "A1"), ((2, 27), (2, 702), "AA2:ZZ2")],
)
def test_range_text(first: Address, last: Address, text: str) -> None:
    """A range is written by its corners, one cell by itself."""
    assert range_text(first, last) == text


@pytest.mark.parametrize("missing", [0, 5, 8])
def test_few_headers_are_still_a_table(missing: int) -> None:
    """Some columns may have no header that can be read; the others still make a table."""
    headers = dict.fromkeys(ORDER[len(ORDER) - missing :], "?")

    (found,) = find_tables(book(Table(headers=headers)))

    assert len(found.lines) == len(ORDER) - missing


def test_line_is_sorted_by_what_its_cells_hold() -> None:
    """Formulas, typed numbers, texts and blanks of a column are told apart, formulas by fill."""
    table = T.changed("h1", 0.5, [1]).changed("h1", None, [2]).changed("h1", "later", [3])
    table = table.changed("h1", "={w1}", [5, 6])
    workbook = book(table)

    line = read_line(workbook["Sheet1"], find_tables(workbook)[0], "h1")

    assert line.numbers == {1: 0.5}
    assert (line.blanks, line.others) == ([2], [3])
    assert [list(fill.steps) for fill in line.fills] == [[0, 4, 7], [5, 6]]


@pytest.mark.parametrize("formula", ["={w1}*$A$32", "={w1}+{h2@0}", "={w1[+1]}"])
def test_cells_of_a_fill_that_say_different_things(formula: str) -> None:
    """Where a fixed reference makes the cells of one fill differ, each is read by itself."""
    workbook = book(T.changed("h1", formula))
    found = find_tables(workbook)[0]
    line = read_line(workbook["Sheet1"], found, "h1")
    translator = Translator(workbook, found, values(workbook).value)

    read = [r for fill in line.fills for r in readings(translator, found, "h1", fill)]

    assert sorted(s for r in read for s in r.steps) == list(range(T.iterations))
    assert len({r.tree for r in read}) == len(read)


def test_references_become_quantities() -> None:
    """References into the table become quantities, with the iteration they belong to."""
    assert translated(T, "h1") == Name("w1") * Name("i1") + Name("w2") * Name("i2")
    assert translated(T.changed("h1", "={h2[-1]}+{w1[+2]}"), "h1") == (
        Name("h2", -1) + Name("w1", 2)
    )
    assert translated(T.changed("h1", "={t1@0}+1"), "h1") == Name("t1", -2) + 1


def test_constants_stay_references() -> None:
    """Cells that depend on no quantity stay references, with their sheet, fixed or not."""
    assert translated(T.changed("h1", "={eta}*{w1}"), "h1") == (
        CellReference(30, 7, "Sheet1") * Name("w1")
    )
    assert translated(T.changed("h1", "=AJ1+1"), "h1", AJ1="=AJ2*2", AJ2=3) == (
        CellReference(1, 36, "Sheet1") + 1
    )


def test_helper_cells_are_put_in() -> None:
    """Cells that compute something from quantities are replaced by what they compute."""
    found = translated(T.changed("h1", "=AJ1*2"), "h1", AJ1="=AJ2", AJ2="=A34-R34")

    assert found == (Name("t1") - Name("a_o1")) * 2


@pytest.mark.parametrize(
    "formula", ["=NOSUCHNAME*2", "=WEBSERVICE({w1})", "={w1}&{w2}", "=#REF!*2", "=A:A"]
)
def test_formulas_without_a_tree(formula: str) -> None:
    """A formula without a tree says why; so does a circle of helper cells."""
    with pytest.raises(FormulaError):
        translated(T.changed("h1", formula), "h1")
    with pytest.raises(FormulaError):
        translated(T.changed("h1", "=AJ1"), "h1", AJ1="=AJ2", AJ2="=AJ1")


def test_a_helper_is_read_anew_in_each_iteration() -> None:
    """A helper cell has one tree for all that take it, but another iteration sees it shifted."""
    workbook = book(T.changed("h1", "=AJ1"), further={"Sheet1": {"AJ1": "=A33*2"}})
    table = find_tables(workbook)[0]
    translator = Translator(workbook, table, values(workbook).value)
    trees = [translator.tree(table.cell("h1", step)) for step in (1, 1, 2)]

    assert trees[0] == trees[1] == Name("t1") * 2
    assert trees[2] == Name("t1", -1) * 2


def test_helpers_that_double_are_counted_as_if_put_in_again() -> None:
    """A short chain of helpers with a huge formula behind it is refused, and at once."""
    chain = {f"AJ{k}": f"=AJ{k + 1}+AJ{k + 1}" for k in range(1, 40)} | {"AJ40": "=A33"}
    with pytest.raises(FormulaError, match="too many helper cells"):
        translated(T.changed("h1", "=AJ1"), "h1", **chain)


@pytest.mark.parametrize(
    ("table", "rate"),
    [
        (T, Rate(2.0, ("Sheet1", (30, 7)))),
        (Table(rate=None, eta="0.25"), Rate(0.25)),
        (Table(rate="=1/4"), Rate(0.25, ("Sheet1", (30, 7)))),
        (Table(iterations=1), Rate(None)),
    ],
)
def test_rate(table: Table, rate: Rate) -> None:
    """The learning rate is the cell the updates share, or the number in them, or unknown."""
    workbook = book(table)
    found = find_tables(workbook)[0]
    engine = values(workbook)
    translator = Translator(workbook, found, engine.value)
    read = {
        name: [
            reading
            for fill in read_line(workbook["Sheet1"], found, name).fills
            for reading in readings(translator, found, name, fill)
        ]
        for name in ORDER
    }

    assert find_rate(found, read, engine.value) == rate
    assert fit(Architecture(), read) == Architecture(train_biases=False)


@pytest.mark.parametrize("is_update", [True, False])
def test_rate_gets_its_name(is_update: bool) -> None:
    """The rate's cell is named anywhere; its number only in an update, elsewhere it is a number."""
    found = Found("Sheet1", "rows", 31, (32, 33), {"w1": 1}, {"w1": "w1"})
    cell = CellReference(30, 7, "Sheet1")
    rate = Rate(0.5, ("Sheet1", (30, 7)))

    assert with_rate(cell * 2, found, rate, is_update=is_update) == Name("eta") * 2
    assert with_rate(Number(0.5) * 2, found, rate, is_update=is_update) == Number(0.5) * 2
    assert with_rate(Number(0.5) * 2, found, Rate(0.5), is_update=is_update) == (
        Name("eta") * 2 if is_update else Number(0.5) * 2
    )


def test_points_are_made_once() -> None:
    """Points of one network are the same object, so that nothing is drawn again."""
    assert points_of(Architecture()) is points_of(Architecture())


@pytest.mark.parametrize(
    ("changes", "part", "value"),
    [
        ({f"a_{z}": f"=TANH({{{z}}})" for z in ("h1", "h2")}, "hidden_activation", "tanh"),
        ({f"a_{z}": f"=MAX(0,{{{z}}})" for z in ("h1", "h2")}, "hidden_activation", "relu"),
        ({f"a_{z}": f"={{{z}}}" for z in ("o1", "o2")}, "output_activation", "identity"),
        ({"a_h1": "=TANH({h1})"}, "hidden_activation", "sigmoid"),
        ({"E1": "=({t1}-{a_o1})^2"}, "loss", "half squared error"),
    ],
)
def test_network_is_what_its_formulas_show(
    changes: Mapping[str, str], part: str, value: str
) -> None:
    """Activations and error are those that most formulas show; one slip changes nothing."""
    table = T
    for quantity, formula in changes.items():
        table = table.changed(quantity, formula)

    assert getattr(judged(table).network.architecture, part) == value


def test_judgement_of_a_right_table() -> None:
    """In a right table nothing is wrong, unread or unfilled, and every value is as it should be."""
    judgement = judged(T)

    assert (judgement.wrong, judgement.unread, judgement.unfilled) == ((), (), ())
    for name in RIGHT:
        value: Value = judgement.value_of("Sheet1", judgement.table.cell(name, 3))
        assert judgement.own_value(name, 3) == pytest.approx(value)


def test_judgement_of_wrong_and_empty_columns() -> None:
    """Wrong formulas are given with their cells and how many are right; empty columns are named."""
    judgement = judged(T.changed("h1", "={w1}", [2, 3]).changed("E_total", None))

    (wrong,) = judgement.wrong
    assert (wrong.quantity, wrong.steps, wrong.right_elsewhere) == ("h1", (2, 3), 6)
    assert wrong.tree == Name("w1")
    assert judgement.unfilled == ("E_total",)


def test_own_value_follows_the_students_numbers() -> None:
    """What a quantity should be is judged on the student's own values, right or wrong."""
    judgement = judged(T.changed("h1", 3.0, [2]))

    assert judgement.own_value("a_h1", 2) == pytest.approx(1 / (1 + 2.718281828459045**-3))
    assert judgement.own_value("w1", 0) is None
    assert judgement.own_value("t1", 2) is None


def test_no_network_no_judgement() -> None:
    """Columns that form no network are not judged."""
    outputs = ("t1", "t2", "o1", "o2", "a_o1", "a_o2")
    workbook = book(Table(headers=dict.fromkeys(outputs, "?")))
    tables = find_tables(workbook)

    assert [judge(workbook, t, values(workbook).value) for t in tables] == [None]


def test_cells_that_errors_take_are_targets_of_their_samples() -> None:
    """Of several samples, each error tells the cell of its own target where no header does."""
    network = Network(Architecture((1, 1, 1), samples=2))
    cells = [CellReference(row, 9, "Sheet1") for row in (1, 2)]
    errors = {
        f"E1@{sample}": [Reading(range(3), (cell - Name(f"a_o1@{sample}")) ** 2)]
        for sample, cell in enumerate(cells, 1)
    }

    found = used(network, Found("Sheet1", DOWN, 4, (5, 6, 7), {}, {}), errors)

    assert found == {("Sheet1", (1, 9)): "t1@1", ("Sheet1", (2, 9)): "t1@2"}
