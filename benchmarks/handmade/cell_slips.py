"""Mistakes that are in cells, values and headers rather than in the tree of a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable

from handmade.drafts import Draft, Key
from handmade.slips import Slip
from sheetprop.maths.trace import run
from sheetprop.spec import Spec
from sheetprop.workbooks.sheet import ExcelError, Value

NOT_CONSTANTS = {0.0, 0.5, 1.0, 2.0, -1.0}
"""Numbers that formulas have anyway."""


def right_values(draft: Draft, number: int) -> dict[str, list[float]]:
    """Return what every quantity of one table should be, from plain NumPy."""
    network, start = draft.run.network, draft.run.start
    groups = (network.inputs, network.targets, network.weights, network.biases)
    inputs, targets, weights, biases = (tuple(start[n] for n in names) for names in groups)
    rate = draft.run.rates[number]
    shape, count = network.architecture, draft.run.iterations
    spec = Spec("draft", shape, inputs, targets, weights, (rate,), count, biases)
    return {n: v[0].tolist() for n, v in run(spec, (rate,), count).values.items()}


def _table(draft: Draft) -> int:
    return draft.draw.randrange(len(draft.grids))


def _computed(draft: Draft) -> list[str]:
    """Return the quantities that have formulas and a column."""
    return [n for n in draft.run.network.quantities if n in draft.templates]


def _all_steps(draft: Draft, name: str) -> list[int]:
    return [step for step in draft.steps_of(name) if step >= draft.computed_from(name)]


def _some_steps(draft: Draft, name: str, most: int = 3) -> list[int]:
    first = draft.computed_from(name)
    steps = [step for step in draft.steps_of(name) if step >= first]
    return sorted(draft.draw.sample(steps, min(len(steps), draft.draw.randint(1, most))))


def _cells(number: int, name: str, steps: Iterable[int]) -> frozenset[Key]:
    return frozenset((number, name, step) for step in steps)


def typed_cells(draft: Draft) -> list[Slip]:
    """Type wrong numbers over one, two or three cells of a column."""
    return _typed(draft, is_right=False, whole=False)


def typed_column(draft: Draft) -> list[Slip]:
    """Type wrong numbers over a column."""
    return _typed(draft, is_right=False, whole=True)


def typed_right(draft: Draft) -> list[Slip]:
    """Type the right numbers, all digits or some, over cells or a column."""
    return _typed(draft, is_right=True, whole=draft.draw.random() < 0.3)


def _typed(draft: Draft, *, is_right: bool, whole: bool) -> list[Slip]:
    number, name = _table(draft), draft.draw.choice(_computed(draft))
    values = right_values(draft, number)[name]
    every = _all_steps(draft, name)
    steps = every if whole else _some_steps(draft, name)
    digits = draft.draw.choice((4, 6, 9)) if is_right and len(steps) == 1 else 17
    for step in steps:
        right = values[step]
        wrong = round(right * draft.draw.uniform(1.2, 1.6) + 0.07, 4)
        typed = float(f"{right:.{digits}g}") if is_right else wrong
        draft.overrides[number, name, step] = typed
    kind = "typed-number" if is_right else "typed-number (wrong)"
    names = frozenset({"typed-number", "rounded"} if is_right else {"typed-number"})
    text = f"{name} {'right' if is_right else 'wrong'} numbers, {digits} digits"
    cells = _cells(number, name, steps)
    return [Slip(kind, names, "warning" if is_right else "error", cells, text)]


def typed_row(draft: Draft) -> list[Slip]:
    """Type the right numbers over everything that is computed in an iteration."""
    number = _table(draft)
    values = right_values(draft, number)
    step = draft.draw.randrange(draft.run.iterations)
    names = [n for n in _computed(draft) if step in _all_steps(draft, n)]
    for name in names:
        draft.overrides[number, name, step] = values[name][step]
    cells = frozenset((number, name, step) for name in names)
    return [Slip("typed-number", frozenset({"typed-number"}), "warning", cells, "a whole row")]


def typed_constant(draft: Draft) -> list[Slip]:
    """Write a number for an input, a target or η into a formula: the right one."""
    return _constant(draft, is_right=True)


def wrong_constant(draft: Draft) -> list[Slip]:
    """Write a number into a formula where a reference belongs, and another number at that."""
    return _constant(draft, is_right=False)


def _constant(draft: Draft, *, is_right: bool) -> list[Slip]:
    number = _table(draft)
    start = {n: v for n, v in draft.run.start.items() if n[0] in "it"} | {
        "eta": draft.run.rates[number]
    }
    usable = [
        (name, given)
        for name in _computed(draft)
        for given, value in start.items()
        if f"⟨{given}|" in draft.templates[name] and (given == "eta" or value not in NOT_CONSTANTS)
        if given != "eta" or draft.grids[number].rate.kind != "typed"
    ]
    if not usable:
        return []
    name, given = draft.draw.choice(usable)
    value = start[given] if is_right else round(start[given] * 1.7 + 0.013, 4)
    template = re.sub(rf"⟨{given}\|[^⟩]*⟩", repr(value), draft.templates[name])
    if template != draft.templates[name] and f"⟨{given}|" not in template and ":" in template:
        return []  # half a range
    cells = _cells(number, name, _all_steps(draft, name))
    draft.overrides |= dict.fromkeys(cells, template)
    kind = "typed-constant" if is_right else "typed-constant (wrong)"
    severity = "warning" if is_right else "error"
    return [Slip(kind, frozenset({"typed-constant"}), severity, cells, f"{name} {template}")]


def error_value(draft: Draft) -> list[Slip]:
    """Break a reference, divide by nothing, misspell a name, in a cell or in a column."""
    number, name = _table(draft), draft.draw.choice(_computed(draft))
    template = draft.templates[name]
    steps = _some_steps(draft, name, 2)
    if draft.draw.random() < 0.3:
        steps = _all_steps(draft, name)
    broken = draft.draw.choice((_lost_reference, _by_nothing, _misspelt, _as_value))(template)
    cells = _cells(number, name, steps)
    draft.overrides |= dict.fromkeys(cells, broken)
    names = {"error-value", "foreign-function"} if broken and "EXPP(" in str(broken) else set()
    text = f"{name} {broken}"
    return [Slip("error-value", frozenset(names or {"error-value"}), "error", cells, text)]


def _lost_reference(template: str) -> Value:
    return re.sub(r"⟨[^⟩]*⟩(:⟨[^⟩]*⟩)?", "#REF!", template, count=1)


def _by_nothing(template: str) -> Value:
    return f"=({template[1:]})/0"


def _misspelt(template: str) -> Value:
    if "EXP(" in template:
        return template.replace("EXP(", "EXPP(")
    return f"{template}*lambda_2"


def _as_value(template: str) -> Value:
    del template
    return ExcelError("#REF!")


def rounded(draft: Draft) -> list[Slip]:
    """Round what a formula computes, to digits that show or do not."""
    number, name = _table(draft), draft.draw.choice(_computed(draft))
    function = draft.draw.choice(("ROUND", "ROUNDUP", "ROUNDDOWN"))
    template = f"={function}({draft.templates[name][1:]},{draft.draw.choice((2, 3, 5))})"
    cells = _cells(number, name, _all_steps(draft, name))
    draft.overrides |= dict.fromkeys(cells, template)
    return [Slip("rounded", frozenset({"rounded"}), "warning", cells, f"{name} {template}")]


def foreign_function(draft: Draft) -> list[Slip]:
    """Use a function that Excel lacks."""
    number, name = _table(draft), draft.draw.choice(_computed(draft))
    inner = draft.templates[name][1:]
    template = draft.draw.choice((f"=POW({inner},1)", f"=ADD({inner},0)", f"=MULTIPLY({inner},1)"))
    cells = _cells(number, name, _all_steps(draft, name))
    draft.overrides |= dict.fromkeys(cells, template)
    names = frozenset({"foreign-function"})
    return [Slip("foreign-function", names, "warning", cells, f"{name} {template}")]


def typed_text(draft: Draft) -> list[Slip]:
    """Have a text in a cell where a formula belongs: a formula with an apostrophe, a number."""
    number, name = _table(draft), draft.draw.choice(_computed(draft))
    grid = draft.grids[number]
    steps = _some_steps(draft, name, 2)
    for step in steps:
        formula = grid.filled(draft.templates[name], step)
        text = draft.draw.choice((formula[1:], "n/a", "0.1234", "?"))
        draft.overrides[number, name, step] = text
    names = frozenset({"typed-number", "missing-quantity"})
    return [Slip("text", names, "warning", _cells(number, name, steps), f"{name} as text")]


def typed_table(draft: Draft) -> list[Slip]:
    """Paste the values over all formulas of a table."""
    number = _table(draft)
    values = right_values(draft, number)
    cells = frozenset((number, n, s) for n in _computed(draft) for s in _all_steps(draft, n))
    for _, name, step in cells:
        draft.overrides[number, name, step] = values[name][step]
    if any(n not in draft.run.network.quantities for n in draft.grids[0].lines):
        return []
    return [Slip("whole table", frozenset({"typed-number"}), "warning", cells, "values only")]


def relabelled(draft: Draft) -> list[Slip]:
    """Write over a column the name of a quantity of another kind or layer, as filling does."""
    names = _computed(draft)
    kinds = {n: draft.run.network.quantities[n].kind for n in names}
    kind = draft.draw.choice(sorted(set(kinds.values())))
    chosen = [n for n in draft.grids[0].lines if kinds.get(n) == kind]
    if len(chosen) < 3:
        return []
    texts = [draft.headers[n] for n in chosen]
    draft.headers |= dict(zip(chosen, [*texts[1:], texts[0]], strict=True))
    if len(set(texts)) < len(texts):
        return []
    cells = frozenset(
        (k, n, s) for k in range(len(draft.grids)) for n in chosen for s in draft.steps_under(n)
    )
    names_ = frozenset({"mislabelled-column"})
    return [Slip("mislabelled-column (turned)", names_, "warning", cells, f"headers of {chosen}")]


def stale_value(draft: Draft) -> list[Slip]:
    """Leave an old value in the file beside a formula that gives another."""
    number, name = _table(draft), draft.draw.choice(_computed(draft))
    values = right_values(draft, number)[name]
    steps = _some_steps(draft, name)
    draft.has_values = True
    for step in steps:
        draft.stored[number, name, step] = values[step] * 1.01 + 0.003
    names = frozenset({"stale-value"})
    return [Slip("stale-value", names, "warning", _cells(number, name, steps), name)]


def sliding_rate(draft: Draft) -> list[Slip]:
    """Forget the dollars of η in one update, in some or in all; the first cell is still right."""
    number = _table(draft)
    rate = draft.grids[number].rate
    weights = [w for w in draft.run.network.parameters if "⟨eta|" in draft.templates.get(w, "")]
    if rate.cell is None or rate.kind == "name" or draft.run.iterations < 3 or not weights:
        return []
    count = draft.draw.choice((1, 2, len(weights)))
    cells: set[Key] = set()
    first: set[Key] = set()
    for name in draft.draw.sample(weights, min(count, len(weights))):
        template = draft.templates[name].replace("⟨eta|0|⟩", "⟨eta|0|m⟩")
        template = template.replace("⟨eta|0|c⟩", "⟨eta|0|m⟩")
        for step in range(1, draft.run.iterations):
            draft.overrides[number, name, step] = template
            (cells if step > 1 else first).add((number, name, step))
    names, where = frozenset({"sliding-rate"}), frozenset(cells)
    return [Slip("sliding-rate", names, "error", where, rate.text, optional=frozenset(first))]


def exchanged_headers(draft: Draft) -> list[Slip]:
    """Exchange the headers of two columns."""
    names = [n for n in draft.grids[0].lines if n in draft.run.network.quantities]
    first = draft.draw.choice(names)
    kinds = {n: draft.run.network.quantities[n].kind for n in names}
    near = [n for n in names if n != first and kinds[n] == kinds[first]]
    others = near if near and draft.draw.random() < 0.7 else [n for n in names if n != first]
    second = draft.draw.choice(others)
    headers = draft.headers
    if headers[first] == headers[second]:
        return []
    headers[first], headers[second] = headers[second], headers[first]
    cells = frozenset(
        (number, name, step)
        for number in range(len(draft.grids))
        for name in (first, second)
        for step in draft.steps_under(name)
    )
    text = f"headers of {first} and {second} exchanged"
    return [Slip("mislabelled-column", frozenset({"mislabelled-column"}), "warning", cells, text)]


def doubled_header(draft: Draft) -> list[Slip]:
    """Write the name of another quantity over a computed column."""
    names = _computed(draft)
    first, second = draft.draw.sample(names, 2)
    draft.headers[first] = draft.headers[second]
    every = draft.steps_under(first)
    cells = frozenset((k, first, s) for k in range(len(draft.grids)) for s in every)
    text = f"header of {second} over {first}"
    names_ = frozenset({"mislabelled-column"})
    return [Slip("mislabelled-column (twice)", names_, "warning", cells, text)]


def empty_column(draft: Draft) -> list[Slip]:
    """Leave a column empty under its header, or some of its cells."""
    number = _table(draft)
    names = [n for n in _computed(draft) if n not in draft.run.start]
    name = draft.draw.choice(names)
    is_whole = draft.draw.random() < 0.5
    steps = draft.steps_of(name) if is_whole else _some_steps(draft, name)
    cells = _cells(number, name, steps)
    draft.overrides |= dict.fromkeys(cells)
    text = f"{name} {'empty' if is_whole else 'has gaps'}"
    return [Slip("missing-quantity", frozenset({"missing-quantity"}), "warning", cells, text)]


def absent_column(draft: Draft) -> list[Slip]:
    """Have no column for a quantity, and say it all in other formulas."""
    absent = draft.groups["absent"]
    if absent == "nothing":
        return []
    cells = frozenset((0, name, 0) for name in absent.split(", "))
    names = frozenset({"missing-quantity"})
    return [Slip("missing-quantity", names, "warning", cells, absent, quantities_only=True)]
