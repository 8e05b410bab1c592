"""Headers and columns: texts that contradict their formulas, quantities that are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetprop.checking.judging.findings import Draft, expected_formula, places
from sheetprop.checking.report import Finding, Place
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.relative import references
from sheetprop.notation.text import name_text, to_text
from sheetprop.tables.headers import quantity_named
from sheetprop.tables.judgement import Judgement
from sheetprop.workbooks.sheet import ExcelError, Workbook


def label_findings(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    """Yield headers that say something else than their columns compute, and empty columns."""
    for name in judgement.lines:
        label = judgement.table.labels.get(name)
        said = quantity_named(label)
        if label is not None and said not in (None, name):
            yield _mislabelled(judgement, name, label)
    yield from _missing(judgement)
    yield from _texts(judgement, workbook)


def _mislabelled(judgement: Judgement, name: str, label: str) -> Draft:
    mistake = BY_NAME["mislabelled-column"]
    table = judgement.table
    message = f"the header says {label.strip()}, but the formulas below it are those of "
    finding = Finding(
        mistake.name,
        mistake.code,
        "warning",
        (Place(table.sheet, table.range_text(name), name),),
        f"{message}{name_text(name)}.",
        found=label.strip(),
        expected=name_text(name),
    )
    return Draft((mistake.code,), finding)


def _missing(judgement: Judgement) -> Iterator[Draft]:
    for name, quantity in judgement.network.quantities.items():
        line = judgement.lines.get(name)
        if line is not None and judgement.table.is_exercise:
            continue  # not attempted, which is no mistake
        if judgement.table.holds(name) and (line is None or not line.blanks):
            continue
        blanks = line.blanks if line else []
        right = f" = {to_text(quantity.tree)}" if quantity.tree else ""
        said = "has empty cells" if line else "has no column"
        mistake = BY_NAME["missing-quantity"]
        finding = Finding(
            mistake.name,
            mistake.code,
            "warning",
            places(judgement, name, blanks) or (Place(judgement.table.sheet, "", name),),
            f"{name_text(name)}{right} {said}.",
            expected=expected_formula(judgement, quantity, blanks[0]) if blanks else None,
        )
        yield Draft((mistake.code, said), finding)


def _texts(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    """Yield texts where formulas belong: a formula without its =, a number as text, a remark."""
    cells = workbook[judgement.table.sheet].cells
    for name, line in judgement.lines.items():
        quantity = judgement.network.quantities[name]
        first = 1 if quantity.is_given_first else 0
        values = {step: cells[judgement.table.cell(name, step)].value for step in line.others}
        steps = [s for s, v in values.items() if s >= first and not isinstance(v, ExcelError)]
        if quantity.tree is None or not steps:
            continue
        text = str(values[steps[0]])
        mistake = BY_NAME["missing-quantity"]
        finding = Finding(
            mistake.name,
            mistake.code,
            "error" if _leads_to_errors(judgement, workbook, name, steps) else "warning",
            places(judgement, name, steps),
            f"{name_text(name)} has the text “{text}” where a formula belongs; Excel does not "
            "calculate it.",
            found=text,
            expected=expected_formula(judgement, quantity, steps[0]),
        )
        yield Draft((mistake.code, "text"), finding)


def _leads_to_errors(
    judgement: Judgement, workbook: Workbook, name: str, steps: Iterable[int]
) -> bool:
    """Whether a formula that refers to one of these cells shows an error."""
    sheet, cells = judgement.table.sheet, {judgement.table.cell(name, step) for step in steps}
    return any(
        content.formula is not None
        and cells & set(references(content.formula))
        and isinstance(judgement.value_of(sheet, cell), ExcelError)
        for cell, content in workbook[sheet].cells.items()
    )
