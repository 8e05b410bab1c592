"""Helpers of several samples that say the same wrong thing: a column of which a mean is taken.

No one of them alone makes the formulas right that take them; all of them do, each with what belongs
there of its own sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sheetprop.checking.fitting.learning_rate import with_rate
from sheetprop.checking.helpers.likely import Behind
from sheetprop.errors import FormulaError
from sheetprop.maths.names import is_parameter, of_sample, sample_of, without_sample
from sheetprop.maths.trees.expr import Expr, Name
from sheetprop.maths.trees.parts import parts_of
from sheetprop.maths.trees.signs import in_other_signs
from sheetprop.maths.trees.walk import names, nodes, substitute
from sheetprop.mistakes.own_cells import written_out
from sheetprop.notation.relative import RelativeFormula
from sheetprop.tables.judgement import Judgement, Wrong
from sheetprop.tables.translate import Translator, translator_of
from sheetprop.workbooks.sheet import EMPTY, Address, Workbook

HELD = "what stands in the helper of sample {}"
"""The names that helper cells have while they are tried; no quantity is called so."""

Group = tuple[Address, ...]
"""The helpers of the samples, in their order."""


def helpers_of_samples(
    judgement: Judgement, workbook: Workbook, wrong: Mapping[str, Wrong], behind: Behind
) -> Iterator[tuple[Group, Expr, tuple[Wrong, ...]]]:
    """Yield helpers with what belongs into the first, and the formulas that they make wrong."""
    count = judgement.network.architecture.samples
    if count < 2 or not wrong:
        return
    step = next(iter(wrong.values())).steps[0]
    table = judgement.table
    taken = {name: behind(table.cell(name, step)) for name in judgement.lines}
    every = {cell for name in wrong for cell in taken.get(name, ())}
    for group in _groups(judgement, workbook, every, count):
        own = [name for name, cells in taken.items() if cells.intersection(group)]
        if all(name in wrong for name in own):
            those = tuple(wrong[name] for name in own)
            right = _right(judgement, workbook, group, those)
            if right is not None:
                yield group, right, those


def _groups(
    judgement: Judgement, workbook: Workbook, helpers: set[Address], count: int
) -> Iterator[Group]:
    """Yield as many helpers as there are samples, in one column or row, that say the same."""
    cells = workbook[judgement.table.sheet].cells
    texts = {at: cells.get(at, EMPTY).formula for at in helpers}  # what is mentioned may be empty
    said = {at: RelativeFormula(text, *at).pattern for at, text in texts.items() if text}
    for row, column in sorted(said):
        for down, right in ((1, 0), (0, 1)):
            group = tuple((row + k * down, column + k * right) for k in range(count))
            if all(said.get(at) == said[row, column] for at in group):
                yield group


def _right(
    judgement: Judgement, workbook: Workbook, group: Group, wrong: Sequence[Wrong]
) -> Expr | None:
    """Return what makes all formulas right, None where nothing does or the group holds it."""
    pairs = []
    for one in wrong:
        tree = _read(judgement, workbook, one, group)
        meant = judgement.network.quantities[one.quantity].tree
        if tree is None or meant is None or Name(HELD.format(1)) not in nodes(tree):
            return None
        pairs.append((tree, written_out(judgement, meant)))
    smallest = min((right for _, right in pairs), key=lambda right: len(list(nodes(right))))
    parts = [p for p in parts_of(smallest) if {sample_of(n.name) for n in names(p)} >= {1}]
    own = [part for part in parts if _is_of_first(part)]
    held = _tree(judgement, workbook, group[0])
    if held is None or any(judgement.points.same(held, part) for part in own):
        return None
    for part in own:
        put = {HELD.format(k): _of(part, k) for k in range(1, len(group) + 1)}
        if all(judgement.points.same(_filled(tree, put), right) for tree, right in pairs):
            return part
    return None


def _is_of_first(part: Expr) -> bool:
    """Whether a part tells of the first sample, and of no other."""
    return {sample_of(name.name) for name in names(part)} <= {0, 1}


def _of(part: Expr, sample: int) -> Expr:
    """Return what a part of the first sample is for another one."""

    def own(leaf: Expr) -> Expr | None:
        if isinstance(leaf, Name) and sample_of(leaf.name):
            return Name(of_sample(without_sample(leaf.name), sample), leaf.shift)
        return None

    return substitute(part, own)


def _filled(tree: Expr, put: Mapping[str, Expr]) -> Expr:
    return substitute(tree, lambda leaf: put.get(leaf.name) if isinstance(leaf, Name) else None)


def _read(judgement: Judgement, workbook: Workbook, wrong: Wrong, group: Group) -> Expr | None:
    """Return what a formula says with the content of the helpers left open."""
    table, name, step = judgement.table, wrong.quantity, wrong.steps[0]
    translator = _translator(judgement, workbook)
    for k, cell in enumerate(group, 1):
        translator.aliases[table.sheet, cell] = HELD.format(k)
    try:
        tree = translator.tree(table.cell(name, step))
        tree = with_rate(tree, table, judgement.rate, is_update=is_parameter(name), step=step)
        tree = translator.constant(tree)
        return in_other_signs(tree, name) if judgement.gradient_sign < 0 else tree
    except FormulaError:
        return None


def _tree(judgement: Judgement, workbook: Workbook, cell: Address) -> Expr | None:
    """Return what a helper says."""
    translator = _translator(judgement, workbook)
    try:
        return translator.constant(translator.tree(cell))
    except FormulaError:
        return None


def _translator(judgement: Judgement, workbook: Workbook) -> Translator:
    table = judgement.table
    translator = translator_of(workbook, table, judgement.network, judgement.value_of)
    translator.aliases.update(judgement.aliases)
    return translator
