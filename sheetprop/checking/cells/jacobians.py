"""Sheets of Jacobian matrices: functions with their values, entries by title, and determinants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product as pairs
from itertools import takewhile

from sheetprop.checking.cells.circuits import labelled
from sheetprop.checking.cells.definitions import Definitions, by_text
from sheetprop.checking.cells.grid import Grid
from sheetprop.checking.cells.labels import own_headers, slope_in, wire_in
from sheetprop.checking.cells.matrices import (
    ABSOLUTE,
    DETERMINANT,
    EITHER,
    Sheet,
    ends,
    entry,
    numbered,
    put_again,
    put_determinants,
    scalars,
)
from sheetprop.checking.cells.one_row import Placed, inlined, placed
from sheetprop.lazily.patterns import pattern
from sheetprop.lessons.kinds.jacobian.derivative import ONE, ZERO, derivative
from sheetprop.maths.trees.expr import Call, Expr, Name, product, total
from sheetprop.maths.trees.walk import names
from sheetprop.rows.plain_text import plain
from sheetprop.workbooks.sheet import Address

NAME = "jacobian"
MOST = 4
_TITLE = pattern(
    r"(?:.{0,30}?[^\w∂])?[d∂]\s?\(?(\w{1,12}).{0,30}?/\s?[d∂]\s?\(?\s?(\w{1,12}).{0,40}"
)
_BY = pattern(r"[d∂]\s?/\s?[d∂]\s?([^\W\d_]\w{0,11})")
_JACOBIAN = pattern(r"(?:the )?(?:j|jacobi(?:an|sche)?)(?:[ \-]?matrix)?(?:\s?[=:(].{0,30})?", 2)
_RULE = pattern(r"([^\W\d_]\w{0,11}) = (.{1,400})")


def own_jacobians(grid: Grid) -> Iterator[Placed]:
    """Yield the chain rule and the change of variables of a sheet of ours."""
    rules = _rules(grid)
    for letters in (("u", "f"), ("v",)):
        own = {name: rule for name, rule in rules.items() if name[0] in letters}
        found = _with_functions(grid, own)
        if found is None:
            continue
        for at, text in grid.texts.items():
            match = _TITLE.fullmatch(text)
            if match is not None and at[0] > min(cell[0] for cell in found.cells.values()):
                _put_own_matrix(grid, at, match[1], found)
        if "v" in letters:
            put_determinants(grid, found, own_headers("jacobian_determinant"), "det")
            put_determinants(grid, found, own_headers("jacobian_mdeterm"), "mdet")
        yield from _placed(grid, found)


def _rules(grid: Grid) -> dict[str, tuple[str, Address, Address]]:
    """Return what the text of each function says, its cell and its label."""
    found: dict[str, tuple[str, Address, Address]] = {}
    for (row, column), text in grid.texts.items():
        match = _RULE.fullmatch(text)
        label = next((c for c, t in grid.rows[row].items() if match and t == match[1]), None)
        if match is None or label is None or label >= column:
            continue
        between = [c for c in range(label + 1, column) if grid.is_filled((row, c))]
        cell = row, (between or [label + 1])[0]
        found.setdefault(match[1], (match[2], cell, (row, label)))
    return found


def _with_functions(grid: Grid, rules: Mapping[str, tuple[str, Address, Address]]) -> Sheet | None:
    """Return the functions of some rules with their inputs."""
    words = {at: text for at, text in grid.texts.items() if grid.is_filled((at[0], at[1] + 1))}
    inputs: dict[str, Address] = {}
    for at, text in words.items():
        if text not in rules:
            inputs.setdefault(text, at)
    known = [*inputs, *rules]
    trees = {
        name: by_text(text, [k for k in known if k != name]) for name, (text, *_) in rules.items()
    }
    if not trees or None in trees.values():
        return None
    used = {leaf.name for tree in trees.values() if tree is not None for leaf in names(tree)}
    given = {name: at for name, at in inputs.items() if name in used}
    cells = {name: (row, column + 1) for name, (row, column) in given.items()}
    cells |= {name: cell for name, (_, cell, _) in rules.items()}
    labels = given | {name: label for name, (_, _, label) in rules.items()}
    return Sheet({**dict.fromkeys(given), **trees}, cells, labels)


def _put_own_matrix(grid: Grid, at: Address, letter: str, found: Sheet) -> None:
    """Put in the entries below a title and the names of its columns, filled or not."""
    functions = tuple(name for name in found.trees if name[0] == letter and name[1:].isdigit())
    row, column = at
    heads: list[str] = []
    while (text := grid.texts.get((row + 1, column + len(heads)))) in found.trees:
        heads.append(str(text))
    if functions and heads:
        _put_entries(found, functions, tuple(heads), (row + 2, column))


def _put_entries(
    found: Sheet, functions: Sequence[str], heads: Sequence[str], corner: Address
) -> None:
    """Put in the entries of a matrix; one that is there already is taken by differences here."""
    entries = [entry(function, head) for function, head in pairs(functions, heads)]
    if any(one in found.cells for one in entries):
        put_again(found, entries, len(heads), corner)
        return
    for (i, function), (j, head) in pairs(enumerate(functions), enumerate(heads)):
        tree = _partial(found, function, head, heads)
        if tree is None:
            return
        found.trees[entry(function, head)] = tree
        found.cells[entry(function, head)] = corner[0] + i, corner[1] + j
    found.matrices.append((tuple(functions), tuple(heads)))


def _partial(found: Sheet, function: str, head: str, heads: Sequence[str]) -> Expr | None:
    """Return a partial derivative: by the chain rule where both of its matrices are there."""
    if function == head:
        return ONE
    for functions, between in found.matrices:
        inner = (between, tuple(heads))
        if function in functions and inner in found.matrices:
            return total(
                [product([Name(entry(function, one)), Name(entry(one, head))]) for one in between]
            )
    tree = found.trees[function]
    try:
        return None if tree is None else derivative(inlined(tree, found.trees, heads), head)
    except (KeyError, TypeError, RecursionError, OverflowError):
        return None


def jacobians(grid: Grid, definitions: Definitions) -> Iterator[Placed]:
    """Yield somebody's partial derivatives, with the determinant in each meaning."""
    wires = labelled(grid)
    told = {name: grid.texts[at] for name, at in wires.labels.items()}
    values = {n: at for n, at in wires.values.items() if not (_is_told(n) or _is_told(told[n]))}
    trees = definitions.functions(values, wires.told)
    if not trees:
        return
    for is_absolute in (False, True):
        found = Sheet(dict(trees), dict(values), dict(wires.labels), taken=definitions.taken)
        for at, text in grid.texts.items():
            title = _TITLE.fullmatch(text)
            if _BY.fullmatch(text):
                _put_headed(grid, at, found)
            elif _JACOBIAN.fullmatch(text) or (title and slope_in(text) not in scalars(found)):
                _put_matrix(grid, at, found, title.groups() if title else ())
        _put_labelled(wires.slopes, found)
        if not found.matrices:
            return
        put_determinants(grid, found, DETERMINANT, "det")
        put_determinants(grid, found, ABSOLUTE, "absdet")
        put_determinants(grid, found, EITHER, "absdet" if is_absolute else "det")
        if "absdet" in found.trees:
            found.trees["absdet"] = Call("ABS", (found.trees["absdet"] or ZERO,))
        yield from _placed(grid, found)


def _is_told(name: str) -> bool:
    """Whether a label names a matrix or its determinant, no value."""
    own = plain(name)
    return own in (*DETERMINANT, *EITHER, *ABSOLUTE) or _JACOBIAN.fullmatch(name) is not None


def _put_labelled(slopes: Mapping[tuple[str, str], Address], found: Sheet) -> None:
    """Put in the entries that have a label each."""
    known = [(of, by) for of, by in slopes if found.trees.get(of) is not None and by in found.trees]
    functions = tuple(dict.fromkeys(of for of, _ in known))
    heads = tuple(dict.fromkeys(by for _, by in known))
    for of, by in known:
        tree = _partial(found, of, by, heads)
        if tree is not None and entry(of, by) not in found.cells:
            found.trees[entry(of, by)] = tree
            found.cells[entry(of, by)] = slopes[of, by]
    if known and all(entry(*one) in found.cells for one in pairs(functions, heads)):
        found.matrices.append((functions, heads))


def _put_headed(grid: Grid, at: Address, found: Sheet) -> None:
    """Put in the entries below heads such as ``∂/∂x``, with the functions left of them."""
    corner = at[0] + 1, at[1]
    heads = _along(grid, corner, found, is_across=True)
    left = _along(grid, corner, found, is_across=False)
    functions = list(takewhile(lambda name: found.trees[name] is not None, left))
    if functions and heads and grid.is_block(corner, len(functions), len(heads)):
        _put_entries(found, functions, heads, corner)


def _put_matrix(grid: Grid, at: Address, found: Sheet, letters: Sequence[str] = ()) -> None:
    """Put in the entries near a title: with names above and left of them, or in order.

    `letters` are what the title says that the derivatives are of, and by what.
    """
    of, by = (numbered(found, letter) for letter in letters) if letters else ([], [])
    computed = [
        name
        for name, tree in found.trees.items()
        if tree is not None and "/" not in name and found.cells[name][0] < at[0]
    ]
    given = [name for name, tree in found.trees.items() if tree is None]
    taken = set(found.cells.values())
    for down, right in ((1, 0), (1, 1), (2, 0), (2, 1), (0, 1), (0, 2), (1, 2)):
        corner = at[0] + down, at[1] + right
        if not grid.is_filled(corner) or corner in taken:
            continue
        above = _along(grid, corner, found, is_across=True)
        if by and above and not {*by} & {*above}:
            continue  # the heads of another matrix
        heads = above or by or given
        functions = (
            _along(grid, corner, found, is_across=False)
            or of
            or [name for name in computed if name not in heads]
        )
        is_small = 0 < len(functions) <= MOST and 0 < len(heads) <= MOST
        if is_small and grid.is_block(corner, len(functions), len(heads)):
            behind = corner[0] + len(functions), corner[1] + len(heads)
            is_whole = heads is not given or ends(grid, corner, behind)
            if is_whole and not {*functions} & {*given}:
                _put_entries(found, functions, heads, corner)
            return


def _along(grid: Grid, corner: Address, found: Sheet, *, is_across: bool) -> list[str]:
    """Return the names above a matrix, or left of it, as far as there are any."""
    row, column = corner
    heads: list[str] = []
    while len(heads) <= MOST:
        place = (row - 1, column + len(heads)) if is_across else (row + len(heads), column - 1)
        text = grid.texts.get(place, "")
        told, head = wire_in(text), _BY.fullmatch(text)
        name = head[1] if head else told[0] if told else None
        if name not in found.trees or name in heads:
            return heads
        heads.append(str(name))
    return heads


def _placed(grid: Grid, found: Sheet) -> Iterator[Placed]:
    if not found.matrices:
        return
    cells = {name: grid.place(at) for name, at in found.cells.items()}
    labels = {name: grid.place(at) for name, at in found.labels.items()}
    one = placed(NAME, grid.sheet.name, found.trees, cells, labels, taken=found.taken)
    if one is not None:
        yield one
