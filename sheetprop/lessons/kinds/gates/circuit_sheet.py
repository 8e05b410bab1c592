"""The sheet of one circuit: the drawing, and a table with a row for each wire."""

from __future__ import annotations

from sheetprop.lessons.kinds.fading import is_left, looks_worked
from sheetprop.lessons.kinds.frame import put_opening, put_questions
from sheetprop.lessons.kinds.gates.circuit import OUTPUT, Gate, gradient_of
from sheetprop.lessons.kinds.gates.drawing import put_drawing
from sheetprop.lessons.kinds.gates.operations import DISTRIBUTES
from sheetprop.lessons.kinds.gates.places import (
    CHOSEN,
    DIFFERENCE,
    DOES,
    GRADIENT,
    GRADIENT_RULE,
    MARK,
    RULE,
    STEP,
    VALUE,
    WIRE,
    Places,
)
from sheetprop.lessons.kinds.kind import BLANK, FADED
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.notation.address import address
from sheetprop.notation.excel_write import Reference, to_excel
from sheetprop.notation.text import name_text, to_text
from sheetprop.words import Words
from sheetprop.workbooks.look import Look, Validation
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Cell, Sheet

WIDTHS = {
    WIRE: 11.0,
    RULE: 24.0,
    VALUE: 13.0,
    GRADIENT_RULE: 40.0,
    GRADIENT: 13.0,
    DOES: 54.0,
    DIFFERENCE: 15.0,
    MARK: 8.0,
}
_STEP_SIZE = "0.0001"
_QUESTIONS = ("why", "branch", "kink")


def circuit_sheet(data: Page, places: Places, words: Words, variant: str) -> Sheet:
    """Return the sheet of a circuit; in a blank one values and gradients are to be filled in."""
    page = Page()
    _put_top(page, places, words, variant)
    chart, look = put_drawing(data, places, words)
    _put_heads(page, places, words)
    gates = {gate.name: gate for gate in places.circuit.gates}
    for wire in places.circuit.wires:
        _put_wire(page, places, wire, gates.get(wire), words, variant)
    keys = [f"gates_question_{name}" for name in _QUESTIONS]
    put_questions(page, words, keys, places.last + 2, WIDTHS, (GRADIENT_RULE, DOES))
    step = STEP, CHOSEN
    title, message = words["optimizers_valid_title"], words["optimizers_valid_message"]
    inputs = [(places.row(name), VALUE) for name in places.circuit.inputs]
    rule = Validation(step, step, 0, words["gates_step"], words["architecture_valid_message"])
    numbers = ((places.head + 1, VALUE), (places.last, DIFFERENCE))
    look_of_sheet = Look(
        styles=page.styles,
        widths=WIDTHS,
        merged=tuple(page.merged),
        heights=page.heights,
        charts=(look,),
        validations=(rule, Validation(inputs[0], inputs[-1], None, title, message)),
        scientific=(numbers,),
        tab="#0072B2",
        plain_formulas=True,
    )
    return Sheet(places.sheet, page.cells, (chart,), look=look_of_sheet)


def _put_top(page: Page, places: Places, words: Words, variant: str) -> None:
    put_opening(page, words, "gates_", variant, WIDTHS, DOES)
    page.put((4, 1), f"{OUTPUT} = {places.circuit.text}", "heading")
    page.put((STEP, 1), words["gates_step"], "name")
    page.put((STEP, CHOSEN), Cell(places.count), "input")
    chosen = f"MIN(MAX(INT({address(STEP, CHOSEN)}),1),{places.count})"
    told = Cell(None, f'=IFERROR({places.steps_text(chosen)},"–")')
    page.put((STEP, CHOSEN + 1), told, "result text")
    page.put((STEP + 1, 1), words["gates_picture"], "quiet")


def _put_heads(page: Page, places: Places, words: Words) -> None:
    heads = {
        WIRE: ("wire", "head"),
        RULE: ("gate", "head"),
        VALUE: ("value", "head sum"),
        GRADIENT_RULE: ("rule", "head"),
        GRADIENT: ("gradient", "head gradient"),
        DOES: ("does", "head"),
        DIFFERENCE: ("difference", "head"),
        MARK: ("same", "head"),
    }
    for column, (key, style) in heads.items():
        page.put((places.head, column), words[f"gates_{key}"], style)
    page.heights[places.head] = 30


def _put_wire(
    page: Page, places: Places, wire: str, gate: Gate | None, words: Words, variant: str
) -> None:
    """Write the row of a wire."""
    row, circuit = places.row(wire), places.circuit
    page.put((row, WIRE), wire, "rate")
    tree = circuit.gradient(wire)
    page.put((row, GRADIENT_RULE), f"{name_text(gradient_of(wire))} = {to_text(tree)}", "legend")
    if gate is None:
        page.put((row, RULE), words["gates_input"], "legend")
        page.put((row, VALUE), Cell(circuit.inputs[wire]), "input")
    else:
        page.put((row, RULE), to_text(gate.value), "legend")
        page.put((row, DOES), words[_does(gate)], "remark")
        _put_answer(page, places, wire, VALUE, gate.value, variant)
    _put_answer(page, places, wire, GRADIENT, tree, variant)
    if gate is None:
        _put_difference(page, places, wire, variant)


def _does(gate: Gate) -> str:
    does, sign = gate.operation.does, gate.operation.sign
    return "gates_subtracts" if does == DISTRIBUTES and sign != "+" else f"gates_{does}"


def _put_answer(
    page: Page, places: Places, wire: str, column: int, tree: Expr, variant: str
) -> None:
    """Write a value or a gradient; circuit by circuit, and step by step, a faded one leaves more.

    Of a single circuit it leaves the second half, the way back.
    """
    steps = places.circuit.steps[wire]
    step, at = steps[column == GRADIENT], (places.row(wire), column)
    turn, turns = (places.number - 1, places.of) if places.of > 1 else (1, 3)
    if is_left(variant, turn, turns, step - 1, places.count):
        page.put(at, Cell(), "answer")
    else:
        style = "number" if looks_worked(variant) else "answer"
        page.put(at, Cell(None, to_excel(tree, _reference(places))), style)


def _reference(places: Places, moved: str = "", by: str = "") -> Reference:
    """Return what gives the cell of a value or a gradient; one wire may be `moved` a little."""
    gradients = {gradient_of(wire): wire for wire in places.circuit.wires}

    def reference(leaf: Expr) -> str:
        if not isinstance(leaf, Name):
            raise TypeError(f"no cell stands for {leaf!r}")
        if leaf.name in gradients:
            return places.gradient(gradients[leaf.name])
        cell = places.value(leaf.name)
        return f"({cell}{by})" if leaf.name == moved else cell

    return reference


def _put_difference(page: Page, places: Places, wire: str, variant: str) -> None:
    """Write the slope by central differences, and whether the gradient agrees with it."""
    row, whole = places.row(wire), places.circuit.whole
    ends = [
        to_excel(whole, _reference(places, wire, sign + _STEP_SIZE)).removeprefix("=")
        for sign in "+-"
    ]
    slope = f"(({ends[0]})-({ends[1]}))/(2*{_STEP_SIZE})"
    if variant not in (BLANK, FADED):
        page.put((row, DIFFERENCE), Cell(None, f'=IFERROR({slope},"–")'), "maths still")
    gradient = places.gradient(wire)
    agrees = f"ABS({gradient}-{slope})<=0.00001*(1+ABS({gradient}))"
    mark = f'=IFERROR(IF(ISNUMBER({gradient}),IF({agrees},"✓","≠"),"–"),"–")'
    page.put((row, MARK), Cell(None, mark), "mark")
