"""Forms in which a label is written twice: which of the cells it means, all formulas tell.

A label that says another one's name takes that one's cell away as well: the sums that it stands in,
and the update of it, look wrong. What the formulas show without any label then decides, as long as
it contradicts no label that is there only once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sheetprop.checking.finding.final_updates import Labelled
from sheetprop.checking.finding.forms import labelled_cells
from sheetprop.tables.form import Form
from sheetprop.workbooks.sheet import Address, Sheet


def with_labels_told(form: Form, shown: Form, sheet: Sheet) -> Form | None:
    """Return the form that formulas show with its labels; None where it contradicts them.

    `shown` has the names that formulas alone give. A quantity may stand elsewhere than the labels
    say where its label stands twice, and where it has none.
    """
    named = labelled_cells(sheet)
    doubled = {n for n, own in named.items() if sum(not one.is_new for one in own) > 1}
    moved = {
        name
        for name, line in shown.lines.items()
        if name in form.lines and form.cell(name, 0) != shown.cells[line][0]
    }
    if not doubled or not moved <= doubled:
        return None
    lines = {**_left(form, shown), **shown.lines}
    by_cell = {one.cell: one for own in named.values() for one in own}
    return _labelled(replace(shown, lines=lines), by_cell, sheet)


def _left(form: Form, shown: Form) -> dict[str, int]:
    """Return the quantities that labels alone name, in cells that nothing else took."""
    line_of = {now: line for line, (now, _) in enumerate(shown.cells)}
    taken = set(shown.lines.values())
    found = {name: line_of.get(form.cell(name, 0)) for name in form.lines}
    return {n: line for n, line in found.items() if line is not None and line not in taken}


def _labelled(form: Form, by_cell: Mapping[Address, Labelled], sheet: Sheet) -> Form:
    """Return a form with the labels that stand beside its cells."""
    own = [by_cell.get(now) for now, _ in form.cells]
    headers = [one.label if one else at for one, at in zip(own, form.headers, strict=True)]
    found = {name: own[line] for name, line in form.lines.items()}
    labels = {name: str(sheet.cells[one.label].value) for name, one in found.items() if one}
    return replace(form, headers=tuple(headers), labels=labels)
