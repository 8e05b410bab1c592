"""Headers and columns: texts that contradict their formulas, quantities that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.checking.findings import Draft, expected_formula, places
from sheetprop.checking.headers import quantity_named
from sheetprop.checking.judgement import Judgement
from sheetprop.checking.report import Finding, Place
from sheetprop.mistakes import BY_NAME
from sheetprop.notation.text import name_text, to_text
from sheetprop.sheets.sheet import Workbook


def label_findings(judgement: Judgement, workbook: Workbook) -> Iterator[Draft]:
    """Yield headers that say something else than their columns compute, and empty columns."""
    del workbook
    for name in judgement.lines:
        label = judgement.table.labels.get(name)
        said = quantity_named(label)
        if label is not None and said not in (None, name):
            yield _mislabelled(judgement, name, label)
    yield from _missing(judgement)


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
