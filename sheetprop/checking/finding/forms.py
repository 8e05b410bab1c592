"""Worksheets of one iteration, written as a form: labels anywhere, a number beside each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from sheetprop.checking.finding.final_updates import (
    Labelled,
    final_updates,
    updates_by_formula,
    with_odd_updates,
)
from sheetprop.checking.finding.lone_outputs import lone_outputs
from sheetprop.checking.finding.repeated import repeated
from sheetprop.checking.labels.chosen_lines import CHANGE
from sheetprop.checking.labels.layer_numbers import with_running_numbers
from sheetprop.checking.labels.listed import listed
from sheetprop.lazily.patterns import pattern
from sheetprop.maths.names import family, is_gradient, is_parameter
from sheetprop.notation.relative import references_within
from sheetprop.tables.form import Form
from sheetprop.tables.headers import quantity_named
from sheetprop.tables.table import DOWN, NOWHERE, Table
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Workbook

LEAST_QUANTITIES = 15
"""So many different labels with numbers make a form of a network; any page of theory has fewer."""

_WORDS = (
    "new|updated|next|neu|neue|neues|nuevo|nueva|novo|nova|nouveau|nouvelle|nuovo|nuova|yeni|nowy"
    "|nowa|nowe|новый|новая|новое"
)
_WITHIN = "新|नया|नए"
NEW = pattern(rf"\b(?:{_WORDS})\b|(?<=[_\W])new\b|[+'’′*]|{_WITHIN}", re.IGNORECASE)
"""What people add to the name of a weight to say that it is the updated one."""

SAYS_NEW = pattern(rf"(?<![^\W_])(?:{_WORDS})(?![^\W_])|{_WITHIN}", re.IGNORECASE)
"""The words among them, which mean nothing else."""


def find_forms(workbook: Workbook) -> list[Table]:
    """Return the form of every sheet that is one, or the table that forms repeating make."""
    forms = (_repeated(sheet) or form_of(sheet) for sheet in workbook.sheets)
    return [form for form in forms if form is not None]


def _repeated(sheet: Sheet) -> Table | None:
    found = {
        name: [(one.label, one.cell) for one in own if not one.is_new]
        for name, own in labelled_cells(sheet).items()
    }
    return repeated(sheet, {name: own for name, own in found.items() if own}, LEAST_QUANTITIES)


def form_of(sheet: Sheet) -> Form | None:
    """Return the form that the labels of a sheet name, None where they name too little."""
    labelled = labelled_cells(sheet)
    gradients = {one.cell for name, own in labelled.items() if is_gradient(name) for one in own}
    found = {
        name: own
        for name, own in labelled.items()
        if not all(one.is_new or is_update(sheet, one.name, one.cell, gradients) for one in own)
    }
    kinds = {family(name) for name in found}
    if len(found) < LEAST_QUANTITIES or not {"w", "h", "a_h", "a_o"} <= kinds:
        return None
    used = _uses(sheet)
    chosen = [
        _now_and_next(sheet, own, used, gradients if is_parameter(name) else set())
        for name, own in found.items()
    ]
    chosen = with_odd_updates(sheet, chosen, found)
    others = {
        now.name: [one.cell for one in found[now.name] if one.cell not in (now.cell, later)]
        for now, later in chosen
    }
    final = final_updates(sheet, {now.name: later for now, later in chosen}, others)
    chosen = [(now, final.get(now.name, later)) for now, later in chosen]
    if all(later == NOWHERE for _, later in chosen):
        now_at = {now.name: now.cell for now, _ in chosen}
        shown = updates_by_formula(sheet, now_at)
        chosen = [(now, shown.get(now.name, later)) for now, later in chosen]
    taken = {cell for now, later in chosen for cell in (now.cell, later)}
    spare = [one for own in found.values() for one in own if one.cell not in taken]
    has_next = any(later != NOWHERE for _, later in chosen)
    form = Form(
        sheet.name,
        DOWN,
        0,
        (0, 1) if has_next else (0,),
        {name: index for index, name in enumerate(found)},
        {now.name: str(sheet.cells[now.label].value) for now, _ in chosen},
        cells=(*((now.cell, later) for now, later in chosen), *((o.cell, NOWHERE) for o in spare)),
        headers=(*(now.label for now, _ in chosen), *(one.label for one in spare)),
    )
    return with_running_numbers(form)


def labelled_cells(sheet: Sheet) -> dict[str, list[Labelled]]:
    """Return the labelled cells of each quantity, each cell once."""
    found: dict[str, dict[Address, Labelled]] = {}
    for one in _labelled(sheet):
        found.setdefault(one.name, {}).setdefault(one.cell, one)
    return {name: list(own.values()) for name, own in found.items()}


def is_update(sheet: Sheet, name: str, at: Address, gradients: set[Address]) -> bool:
    """Whether a cell labelled as a weight is its update: where all are, its label is missing."""
    cell = sheet.cells.get(at)
    formula = cell.formula if cell is not None and is_parameter(name) else None
    return formula is not None and not gradients.isdisjoint(references_within(formula, sheet.name))


def _labelled(sheet: Sheet) -> list[Labelled]:
    """Return the labels of quantities with the number beside each, to the right or below.

    One without a number has the cell where most labels have theirs: empty, or with a text in it. A
    new weight is left out where most others are there; without any, nobody updates.
    """
    found: list[Labelled] = []
    without: list[tuple[str, Address, bool]] = []
    named = {at: label_named(one.value) for at, one in sheet.cells.items() if one.formula is None}
    alone = lone_outputs(sheet, {at: name for at, (name, _) in named.items() if name})
    named |= {at: (name, False) for at, name, _ in alone}
    for label, (name, is_new) in sorted(named.items()):
        value = _beside(sheet, label) if name else None
        if name and name != "iteration" and value:
            found.append(Labelled(name, label, value, is_new))
        elif name and name != "iteration":
            without.append((name, label, is_new))
    found += _of_lists(sheet, found)
    known = {one.name for one in found if not one.is_new}
    if len(known) < LEAST_QUANTITIES:
        return found
    lacking = _lacking_one(found)
    changed = known - {one.name for one in found if not _is_change(sheet, one.label)}
    right = 2 * sum(one.cell[0] == one.label[0] for one in found) > len(found)
    has_next = sum(one.is_new for one in found) > sum(is_new for _, _, is_new in without)
    for name, (row, column), is_new in without:
        place = (row, column + 1) if right else (row + 1, column)
        content = sheet.cells.get(place)
        is_label = content is not None and label_named(content.value)[0] is not None
        is_text = content is not None and isinstance(content.value, str) and not is_label
        is_empty = content is None or (content.value is None and content.formula is None)
        is_left_out = is_text or (has_next and is_empty)
        is_lacking = name in lacking or name not in known
        is_lacking |= name in changed and not _is_change(sheet, (row, column))
        if is_left_out if is_new else is_lacking and not is_label:
            found.append(Labelled(name, (row, column), place, is_new))
    return found


def _of_lists(sheet: Sheet, found: Sequence[Labelled]) -> Iterator[Labelled]:
    """Yield gradients and new weights under one header each, where none has its own label."""
    told = {one.is_new for one in found if one.is_new or is_gradient(one.name)}
    labels = {one.label: one.name for one in found if not one.is_new}
    return (Labelled(*one) for one in listed(sheet, labels) if one.is_new not in told)


def _lacking_one(found: Sequence[Labelled]) -> set[str]:
    """Return the weights that lack a number where most others have one more: of the next one."""
    weights = Counter(one.name for one in found if is_parameter(one.name))
    usual = Counter(weights.values()).most_common(1)[0][0] if weights else 0
    lacking = {name for name, count in weights.items() if count == usual - 1}
    return lacking if 2 * len(lacking) < len(weights) else set()


def _is_change(sheet: Sheet, label: Address) -> bool:
    return str(sheet.cells[label].value).strip().startswith(CHANGE)


def label_named(label: object) -> tuple[str | None, bool]:
    """Return the quantity of a label, and whether it says that it is that of the next iteration.

    In “w5 (new)” the brackets hold no mere side note: where w5 itself has no label, its update must
    not be taken for it.
    """
    if isinstance(label, str) and SAYS_NEW.search(label):
        name = quantity_named(NEW.sub("", label).replace("()", ""))
        if name and is_parameter(name):
            return name, True
    name = quantity_named(label)
    if name is not None or not isinstance(label, str):
        return name, False
    name = quantity_named(NEW.sub("", label))
    return (name, True) if name and is_parameter(name) else (None, False)


def _beside(sheet: Sheet, label: Address) -> Address | None:
    """Return the number or formula to the right of a label, else the one below it."""
    row, column = label
    for address in ((row, column + 1), (row + 1, column)):
        if _is_numeric(sheet.cells.get(address)):
            return address
    return None


def _is_numeric(cell: Cell | None) -> bool:
    if cell is None:
        return False
    return cell.formula is not None or isinstance(cell.value, int | float)


def _uses(sheet: Sheet) -> Counter[Address]:
    """Return how often the sheet's formulas mention each cell."""
    formulas = (cell.formula for cell in sheet.cells.values() if cell.formula)
    return Counter(
        address for formula in formulas for address in references_within(formula, sheet.name)
    )


def _now_and_next(
    sheet: Sheet,
    found: Sequence[Labelled],
    used: Mapping[Address, int],
    gradients: Collection[Address],
) -> tuple[Labelled, Address]:
    """Return the cell that the forward pass uses, and the one that holds its update.

    An update says so in its label, or takes the weight itself or a gradient; without `gradients`
    nothing is updated. A column of changes is no gradient where another one is.
    """

    def is_likely(one: Labelled) -> tuple[bool, bool, int]:
        is_change = _is_change(sheet, one.label)
        return not one.is_new, not is_change, used.get(one.cell, 0)

    now = max(found, key=is_likely)
    for one in found:
        if one is now or not gradients:
            continue
        content = sheet.cells.get(one.cell)
        formula = (content.formula if content else None) or ""
        taken = set(references_within(formula, sheet.name))
        if one.is_new or taken & {now.cell, *gradients}:
            return now, one.cell
    return now, NOWHERE
